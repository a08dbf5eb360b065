import {question} from './blocks/question.js'
import {ProblemError} from './conversation-client.js'
import {element, icon} from './element.js'

/** @import {Choice, KnownFact, KnownFacts} from './contract.js' */

/**
 * The visitor's own page of the conversation: what is kept and how long, what is known of them with a way to correct
 * and erase each thing, and the conversation to take along or to end.
 *
 * @param {{
 *   words: import('./words.js').Words,
 *   client: import('./conversation-client.js').ConversationClient,
 *   back: () => void,
 *   download: () => void,
 *   print: () => void,
 *   restart: () => void,
 * }} context
 */
export function myConversation({words, client, back, download, print, restart}) {
  const title = element('h3', {id: 'mine', tabindex: '-1'}, words.mine)
  const known = element('h4', {tabindex: '-1'}, words.facts)
  const list = element('ul', {class: 'items'})
  const status = element('p', {role: 'status', class: 'note'})
  const button = (/** @type {import('./element.js').IconName} */ name, /** @type {string} */ label, /** @type {() => void} */ onclick) =>
    element('button', {type: 'button', onclick}, icon(name), label)
  const shown = element(
    'section',
    {class: 'sheet', 'aria-labelledby': 'mine'},
    element('button', {type: 'button', class: 'quiet', onclick: back}, icon('back'), words.leadBack),
    title,
    element('p', {}, words.kept.replace('{days}', String(client.days))),
    element('div', {class: 'card'}, known, status, list),
    element('div', {class: 'rows'}, button('save', words.download, download), button('print', words.print, print), button('restart', words.restart, restart)),
  )
  void change('')
  return {form: shown, focus: () => title.focus()}

  /**
   * @param {string} done What to say when it is done.
   * @param {Parameters<import('./conversation-client.js').ConversationClient['facts']>} request
   */
  async function change(done, ...request) {
    try {
      show(await client.facts(...request))
      status.textContent = done
      // The button that was used is gone.
      if (done) known.focus()
    } catch (error) {
      status.textContent = (error instanceof ProblemError && error.problem.detail) || words.notOpened
    }
  }

  /** @param {KnownFacts} facts */
  function show({facts, skipped}) {
    const open = skipped.map(fact => ({...fact, text: words.unknown, words: '', origin: 'chosen', confirmed: true}))
    list.replaceChildren(...[...facts, ...open].map(fact => row(/** @type {KnownFact} */ (fact))))
    if (!list.hasChildNodes()) list.append(element('li', {}, words.noFacts))
  }

  /** @param {KnownFact} fact */
  function row(fact) {
    const {name, label, text} = fact
    const small = (/** @type {string} */ word, /** @type {() => void} */ onclick) =>
      element('button', {type: 'button', class: 'quiet', 'aria-label': `${word}: ${label}`, onclick}, word)
    const sure = fact.confirmed || fact.origin !== 'inferred'
    const buttons = element(
      'div',
      {class: 'row'},
      !sure && small(words.right, () => void change(words.changed, 'PATCH', name, {confirmed: true})),
      small(words.correct, () => {
        const asked = question({...fact.question, type: 'question'}, {
          words,
          live: true,
          cite: () => null,
          choose: (/** @type {Choice} */ {value}) => void change(words.changed, 'PATCH', name, {value}),
          openLeadForm: back,
        })
        buttons.replaceWith(asked)
        const first = /** @type {HTMLElement | null} */ (asked.querySelector('input, button'))
        first?.focus()
      }),
      small(words.erase, () => void change(words.erased, 'DELETE', name)),
    )
    const said = fact.words && fact.words !== text && element('small', {}, `${sure ? words.youSaid : words.iThink} “${fact.words}”`)
    return element('li', {}, element('small', {}, label), element('b', {}, text), said, buttons)
  }
}
