import {comparison, events, leadInvitation, loket, money, route, vacancies} from './blocks/cards.js'
import {question} from './blocks/question.js'
import {element, link} from './element.js'
import {richText} from './rich-text.js'

/** @import {Block, BlockContext, Citation, Reply, TextBlock} from './contract.js' */
/** @import {Words} from './words.js' */

/** @type {{[T in Block['type']]: (block: any, context: BlockContext) => HTMLElement}} */
const BLOCKS = {text, route, comparison, money, vacancies, loket, events, question, lead_form: leadInvitation}

/** @param {TextBlock} block @param {BlockContext} context */
function text(block, {words, cite}) {
  const shown = element('div', {class: 'text'}, richText(block.html, words.newTab, cite))
  if (!shown.textContent?.trim()) shown.replaceChildren(element('p', {}, block.text))
  return shown
}

/** The note of each mark, for a copy of the conversation in which all stand open. @type {WeakMap<Element, Node>} */
export const notes = new WeakMap()

/**
 * A mark in the text that opens the source beneath its paragraph.
 *
 * @param {Citation} citation
 * @param {Words} words
 */
function mark({n, title, url, publisher, as_of, quote}, words) {
  const button = element(
    'button',
    {type: 'button', class: 'cite', 'aria-expanded': 'false', 'aria-label': `${words.source} ${n}: ${publisher || title}`},
    String(n),
  )
  const note = element(
    'span',
    {class: 'source'},
    element('b', {}, link(url, words.newTab, title)),
    element('small', {}, [publisher, as_of && `${words.checked} ${as_of}`].filter(Boolean).join(' · ')),
    quote && element('q', {}, quote),
  )
  notes.set(button, note)
  button.addEventListener('click', () => {
    const opening = !note.isConnected
    button.setAttribute('aria-expanded', String(opening))
    if (opening) (button.closest('p, li, th, td, h4') ?? button).append(note)
    else note.remove()
  })
  return button
}

/**
 * One reply, whole: it enters the log at once, so that a screen reader reads it once.
 *
 * @param {Reply} reply
 * @param {Omit<BlockContext, 'cite'>} context
 * @param {(helpful: boolean, reason?: string) => void} rate
 */
export function replyArticle(reply, context, rate) {
  const {words} = context
  const citations = new Map(reply.citations.map(citation => [citation.n, citation]))
  const cite = (/** @type {number | null} */ n) => {
    const citation = n === null ? undefined : citations.get(n)
    return citation ? mark(citation, words) : null
  }
  const article = element('article', {class: 'reply', tabindex: '-1', lang: reply.locale}, element('h3', {class: 'spoken'}, words.answer))
  for (const block of reply.blocks) {
    // A kind of block from a newer server than this module is left out: its text block says the same.
    const shown = BLOCKS[block.type]?.(block, {...context, cite})
    if (shown) article.append(shown)
  }
  const open = reply.handoff?.open_now
  if (typeof open === 'boolean') article.append(element('p', {class: 'note'}, `${reply.handoff?.loket}: ${open ? words.openNow : words.closedNow}`))
  if (reply.receipt) article.append(element('p', {class: 'note'}, `${words.receipt}: ${reply.receipt}`))
  if (reply.status.startsWith('answered_') && !/greeting|smalltalk|feedback/.test(reply.status)) article.append(rating(words, rate))
  return article
}

/**
 * One tap says whether it helped; who says no may say why, with one tap more or in their own words.
 *
 * @param {Words} words
 * @param {(helpful: boolean, reason?: string) => void} rate
 */
function rating(words, rate) {
  const button = (/** @type {string} */ label, /** @type {() => void} */ onclick, note = '') =>
    element('button', {type: 'button', class: 'quiet', 'aria-label': note && `${label}: ${note}`, onclick}, label)
  const said = element('span', {tabindex: '-1'})
  const say = (/** @type {string} */ text, /** @type {HTMLElement[]} */ ...more) => {
    said.textContent = text
    line.replaceChildren(said, ...more)
    said.focus()
    line.scrollIntoView({block: 'nearest'})
  }
  const why = (/** @type {string} */ reason) => {
    rate(false, reason)
    say(words.thanks)
  }
  const own = element('input', {'aria-label': words.ownWords, placeholder: words.ownWords, maxlength: 1000})
  const form = element('form', {class: 'row'}, own, element('button', {'aria-label': `${words.send}: ${words.ownWords}`}, words.send))
  form.addEventListener('submit', event => {
    event.preventDefault()
    if (own.value.trim()) why(own.value.trim())
    else own.focus()
  })
  const rated = (/** @type {boolean} */ helpful) => {
    rate(helpful)
    if (helpful) return say(words.thanks)
    const reasons = [words.wrong, words.unclear, words.besides].map(reason => button(reason, () => why(reason)))
    say(words.better, element('div', {class: 'row'}, ...reasons), form)
  }
  // What is said here gets the focus, and is not read out by the log as well.
  const line = element(
    'div',
    {class: 'rating', 'aria-live': 'off'},
    words.helpful,
    button(words.yes, () => rated(true), words.helpful),
    button(words.no, () => rated(false), words.helpful),
  )
  return line
}
