import {element, spoken} from './element.js'
import {replyArticle} from './reply.js'

/** @import {BlockContext, Message, MessageShown, QuickReply, Reply} from './contract.js' */

/** What was said, in order: each reply enters whole and once, so that a screen reader reads it once. */
export class ConversationLog {
  #words
  #events
  node = element('div', {role: 'log', class: 'log', 'aria-live': 'polite', tabindex: '0'})
  #pending = element('div', {class: 'pending'})
  #quick = element('div', {class: 'quick', role: 'group'})
  scroller = element('div', {class: 'scroller'}, this.node, this.#pending, this.#quick)
  /** The replies and messages that are shown: an event may tell of one again. */
  known = new Set()

  /**
   * @param {import('./words.js').Words} words
   * @param {{
   *   send: (message: Message, shown: string, origin?: HTMLElement) => void,
   *   openLeadForm: BlockContext['openLeadForm'],
   *   rate: (replyId: string, helpful: boolean, reason?: string) => void,
   *   heard: (sender: string) => void,
   * }} events `heard` is told of what a person said.
   */
  constructor(words, events) {
    this.#words = words
    this.#events = events
    this.node.setAttribute('aria-label', words.log)
    this.#quick.setAttribute('aria-label', words.quick)
  }

  /** @param {() => void} show What was heard before is not read out again. */
  quietly(show) {
    this.node.setAttribute('aria-live', 'off')
    show()
    setTimeout(() => this.node.setAttribute('aria-live', 'polite'), 500)
  }

  /** @param {string} shown What is on its way; nothing: what was has come, or has not. */
  wait(shown) {
    const dots = element('p', {class: 'dots', 'aria-hidden': 'true'}, element('i'), element('i'), element('i'))
    this.#pending.replaceChildren(...(shown ? [element('p', {class: 'asked'}, shown), dots] : []))
    if (shown) this.#pending.scrollIntoView({block: 'end'})
  }

  clear() {
    this.node.replaceChildren()
  }

  /**
   * @param {Reply} reply
   * @param {string} [question]
   * @param {boolean} [live]
   */
  add(reply, question = '', live = true) {
    const {send, openLeadForm, rate} = this.#events
    this.known.add(reply.id)
    // A person has the conversation: the assistant says nothing.
    if (!reply.blocks.length) return this.append(null, question)
    const context = {
      words: this.#words,
      live,
      choose: (/** @type {import('./contract.js').Choice} */ choice, /** @type {string} */ label, /** @type {HTMLElement} */ origin) =>
        send({choice}, label, origin),
      openLeadForm,
    }
    const article = replyArticle(reply, context, (helpful, reason) => rate(reply.id, helpful, reason))
    // One question is open at a time: the newest. A reply without one leaves the last one open.
    if (article.querySelector('.answers')) for (const old of this.node.querySelectorAll('.answers')) old.remove()
    this.#quick.replaceChildren(...(live ? reply.quick_replies.map(quick => this.#quickButton(quick)) : []))
    return this.append(article, question)
  }

  /** What a person said, or the visitor in another tab. @param {MessageShown} message */
  said({id, sender, name, text}) {
    if (this.known.has(id)) return
    this.known.add(id)
    if (sender === 'visitor') return this.append(null, text)
    const who = sender === 'adviser' && element('h3', {class: 'note'}, `${name}, ${this.#words.adviser}`)
    this.append(element('article', {class: `reply ${who ? 'person' : 'note'}`, tabindex: '-1'}, who, element('p', {}, text)), '')
    this.#events.heard(sender)
  }

  /** @param {HTMLElement | null} article @param {string} [question] */
  append(article, question) {
    const asked = question ? element('p', {class: 'asked', 'aria-live': 'off'}, spoken(`${this.#words.you}: `), question) : null
    this.node.setAttribute('aria-busy', 'true')
    this.node.append(...[asked, article].filter(each => each !== null))
    this.node.removeAttribute('aria-busy')
    this.#pending.replaceChildren()
    // A long reply is read from its start.
    ;(asked ?? article)?.scrollIntoView({block: 'start'})
    return article
  }

  /** @param {QuickReply} quick */
  #quickButton({label, text, choice}) {
    const message = choice ? {choice} : {text: text ?? label}
    return element('button', {type: 'button', onclick: () => this.#events.send(message, label)}, label)
  }
}
