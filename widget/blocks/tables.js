import {element} from '../element.js'

/** @import {BlockContext, ComparisonBlock, MoneyBlock, MoneyLine} from '../contract.js' */

/**
 * Routes side by side. Where they do not fit, this region alone scrolls, by touch and by keyboard.
 *
 * @param {ComparisonBlock} block
 * @param {BlockContext} context
 */
export function comparison({columns, rows}, {words}) {
  const head = element('tr', {}, ...columns.map(column => element(column ? 'th' : 'td', {scope: column && 'col'}, column)))
  const lines = rows.map(([first = '', ...cells]) =>
    element('tr', {}, element('th', {scope: 'row'}, first), ...cells.map(cell => element('td', {}, cell))),
  )
  return element(
    'div',
    {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': words.comparison},
    element('table', {class: 'comparison'}, element('thead', {}, head), element('tbody', {}, ...lines)),
  )
}

/** @param {MoneyLine} line @param {BlockContext} context */
function moneyLine(line, {cite}) {
  return element(
    'tr',
    {},
    element('th', {scope: 'row'}, line.label, cite(line.citation), line.paid_by && element('small', {}, line.paid_by)),
    element('td', {class: 'amount'}, line.amount, line.period && element('small', {}, line.period)),
    element('td', {}, line.year),
  )
}

/**
 * Amounts under each other, each with its year.
 *
 * @param {MoneyBlock} block
 * @param {BlockContext} context
 */
export function money(block, context) {
  const {words} = context
  const head = [words.what, words.amount, words.year].map(word => element('th', {scope: 'col'}, word))
  const total =
    block.total && element('tfoot', {}, element('tr', {}, element('th', {scope: 'row'}, words.total), element('td', {class: 'amount'}, block.total), element('td')))
  return element(
    'div',
    {class: 'card'},
    element(
      'table',
      {},
      element('caption', {}, block.title || words.money),
      element('thead', {}, element('tr', {}, ...head)),
      element('tbody', {}, ...block.lines.map(line => moneyLine(line, context))),
      total,
    ),
    block.note && element('p', {class: 'note'}, block.note),
  )
}
