import {drawing, element, icon, link, spoken} from '../element.js'

/**
 * @import {BlockContext, ComparisonBlock, EventItem, EventsBlock, LeadFormBlock, LoketCard, MoneyBlock, MoneyLine,
 *   PageLink, Reason, RouteBlock, VacanciesBlock, Verdict} from '../contract.js'
 */

const ICONS = /** @type {const} */ ({fits: 'yes', possible: 'open', does_not_fit: 'no', ask_adviser: 'person'})

/** @param {Reason} reason @param {BlockContext} context */
function reasonLine({text, met}, {words}) {
  const [name, word] = met === null ? ['open', words.open] : met ? ['yes', words.met] : ['no', words.unmet]
  const drawn = icon(/** @type {'open' | 'yes' | 'no'} */ (name))
  return element('li', {class: `reason ${name}`}, drawn, element('span', {}, element('b', {}, `${word}: `), text))
}

/** @param {PageLink[] | undefined} links @param {Pick<BlockContext, 'words'>} context */
const ways = (links = [], {words}) => links.map(({label, url}) => element('p', {}, link(url, words.newTab, label)))

/** @param {RouteBlock} block @param {BlockContext} context */
function why(block, context) {
  const {words} = context
  if (!block.reasons.length && !block.would_change.length) return null
  return element(
    'details',
    {},
    element('summary', {}, words.why, spoken(` ${block.title}`)),
    element('ul', {class: 'reasons'}, ...block.reasons.map(reason => reasonLine(reason, context))),
    block.would_change.length > 0 && element('b', {}, words.wouldChange),
    block.would_change.length > 0 && element('ul', {}, ...block.would_change.map(({text}) => element('li', {}, text))),
  )
}

/**
 * When what happens. A bar is dark for how long it takes at least and light for how long it may take, on a line of five
 * years or more, so that the routes of one reply can be laid beside each other.
 *
 * @param {RouteBlock} block
 */
function times({stretches = []}) {
  const whole = Math.max(60, ...stretches.map(({latest}) => latest ?? 0))
  return stretches.map(({label, time, begins, ends, latest}) =>
    element(
      'li',
      {},
      icon(latest ? 'clock' : 'day'),
      element('span', {}, element('b', {}, `${label}: `), time, latest !== null && drawing('bar', `0 0 ${whole} ${whole / 30}`, `M${begins} 0H${ends}V9H${begins}`, `M${ends} 0H${latest}V9H${ends}`)),
    ),
  )
}

/**
 * A route with its verdict in words.
 *
 * @param {RouteBlock} block
 * @param {BlockContext} context
 */
export function route(block, context) {
  const {words} = context
  const verdict = block.verdict in ICONS ? block.verdict : /** @type {Verdict} */ ('ask_adviser')
  return element(
    'section',
    {class: `card route ${verdict}`, 'aria-label': block.title},
    element('p', {class: 'verdict'}, icon(ICONS[verdict]), words[verdict]),
    element('h4', {}, block.title, context.cite(block.citation)),
    block.summary && element('p', {}, block.summary),
    element(
      'ul',
      {class: 'facts'},
      ...times(block),
      block.next_step && element('li', {}, icon('next'), element('span', {}, element('b', {}, `${words.nextStep}: `), block.next_step)),
    ),
    why(block, context),
  )
}

/**
 * Routes side by side; what is compared stands above each row, so that the routes have the width. Where they still do
 * not fit, this region alone scrolls, by touch and by keyboard.
 *
 * @param {ComparisonBlock} block
 * @param {BlockContext} context
 */
export function comparison({columns: [about, ...columns], rows, cited = []}, {words, cite}) {
  const title = about || words.comparison
  const sources = (/** @type {number} */ row, /** @type {number} */ column) =>
    cited.filter(each => each.row === row && each.column === column).map(each => cite(each.citation))
  const groups = rows.map(([first = '', ...cells], row) =>
    element(
      'tbody',
      {},
      element('tr', {}, element('th', {scope: 'rowgroup', colspan: columns.length}, first)),
      element('tr', {}, ...cells.map((cell, column) => element('td', {}, cell, ...sources(row, column)))),
    ),
  )
  const head = element('thead', {}, element('tr', {}, ...columns.map(column => element('th', {scope: 'col'}, column))))
  return element(
    'div',
    {class: 'card scroll', role: 'region', tabindex: '0', 'aria-label': title},
    element('table', {class: 'comparison'}, element('caption', {}, title), head, ...groups),
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

/**
 * A desk with people, and how to reach it.
 *
 * @param {{loket: LoketCard}} block
 * @param {Pick<BlockContext, 'words' | 'cite'>} context
 */
export function loket({loket: card}, context) {
  const {words, cite} = context
  const line = (/** @type {import('../element.js').IconName} */ name, /** @type {Node | string} */ content) =>
    element('li', {}, icon(name), element('span', {}, content))
  return element(
    'section',
    {class: 'card loket', 'aria-label': card.title},
    element('h4', {}, card.title, cite(card.citation)),
    card.reason && element('p', {}, card.reason),
    card.summary && element('p', {}, card.summary),
    element(
      'ul',
      {class: 'facts'},
      card.phone && line('phone', link(`tel:${card.phone.replace(/[^+\d]/g, '')}`, '', card.phone)),
      card.email && line('mail', link(`mailto:${card.email}`, '', card.email)),
      card.url && line('globe', link(card.url, words.newTab, words.website)),
      card.address && line('pin', card.address),
      ...card.hours.map(hours => line('clock', hours)),
    ),
    ...ways(card.links, context),
  )
}

/** @param {EventItem} item @param {BlockContext} context */
function eventLine(item, context) {
  const {words, cite} = context
  return element(
    'li',
    {},
    element('p', {}, element('b', {}, link(item.url, words.newTab, item.title)), cite(item.citation)),
    item.when && element('span', {class: 'line'}, icon('day'), item.when),
    item.place && element('span', {class: 'line'}, icon('pin'), item.place),
    item.summary && element('p', {}, item.summary),
    ...ways(item.links, context),
  )
}

/** @param {EventsBlock} block @param {BlockContext} context */
export function events({items, links}, context) {
  const lines = items.map(item => eventLine(item, context))
  return element('div', {class: 'card'}, element('h4', {}, context.words.events), element('ul', {class: 'items'}, ...lines), ...ways(links, context))
}

/** @param {VacanciesBlock} block @param {BlockContext} context */
export function vacancies({items}, {words, cite}) {
  const lines = items.map(item =>
    element('li', {}, element('b', {}, link(item.url, words.newTab, item.title)), cite(item.citation), element('small', {}, [item.employer, item.place, item.details].filter(Boolean).join(' · '))),
  )
  return element('div', {class: 'card'}, element('h4', {}, words.vacancies), element('ul', {class: 'items'}, ...lines))
}

/**
 * The way to the form; the reason that the server gives is a code for programs.
 *
 * @param {LeadFormBlock} block
 * @param {BlockContext} context
 */
export function leadInvitation({links}, context) {
  const {words, openLeadForm} = context
  const open = element('button', {type: 'button', class: 'primary', onclick: openLeadForm}, icon('person'), words.leadOpen)
  return element('div', {class: 'card'}, element('p', {}, words.leadInvitation), open, ...ways(links, context))
}
