import {element, icon, spoken} from '../element.js'

/** @import {BlockContext, Reason, RouteBlock, Verdict} from '../contract.js' */

const ICONS = /** @type {const} */ ({fits: 'yes', possible: 'open', does_not_fit: 'no', ask_adviser: 'person'})

/** @param {Reason} reason @param {BlockContext} context */
function reasonLine({text, met}, {words}) {
  const [name, word] = met === null ? ['open', words.open] : met ? ['yes', words.met] : ['no', words.unmet]
  const drawn = icon(/** @type {'open' | 'yes' | 'no'} */ (name))
  return element('li', {class: `reason ${name}`}, drawn, element('span', {}, element('b', {}, `${word}: `), text))
}

/** @param {RouteBlock} block @param {BlockContext} context */
function why(block, context) {
  const {words} = context
  if (!block.reasons.length && !block.would_change.length) return null
  return element(
    'details',
    {},
    element('summary', {}, words.why, spoken(` ${block.title}`)),
    element('ul', {class: 'reasons'}, ...block.reasons.map(reason => reasonLine(reason, context))),
    block.would_change.length > 0 && element('p', {class: 'label'}, words.wouldChange),
    block.would_change.length > 0 && element('ul', {}, ...block.would_change.map(({text}) => element('li', {}, text))),
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
  const missing = block.missing.length > 0 && words.missing(block.missing.length)
  return element(
    'section',
    {class: `card route ${verdict}`, 'aria-label': block.title},
    element('p', {class: 'verdict'}, icon(ICONS[verdict]), words.verdict[verdict]),
    element('h4', {}, block.title, context.cite(block.citation)),
    block.summary && element('p', {}, block.summary),
    element(
      'ul',
      {class: 'facts'},
      block.duration && element('li', {}, icon('clock'), element('span', {}, element('b', {}, `${words.duration}: `), block.duration)),
      missing && element('li', {}, icon('open'), missing),
      block.next_step && element('li', {}, icon('next'), element('span', {}, element('b', {}, `${words.nextStep}: `), block.next_step)),
    ),
    why(block, context),
  )
}
