import {element, icon} from './element.js'

/** @import {HandoverShown, LiveEvent} from './contract.js' */

const AGAIN_MS = 3_000
const SILENCE_MS = 40_000
const TYPING_MS = 3_000

/** The way to a person: how it stands, in a bar of its own, and what people say meanwhile. */
export class LiveTalk {
  #client
  #words
  #events
  #text = element('p', {role: 'status'})
  #presence = element('p', {role: 'status', class: 'note'})
  #buttons = element('div', {class: 'row'})
  bar = element('div', {class: 'live', hidden: true}, this.#text, this.#presence, this.#buttons)
  /** @type {AbortController | null} */
  #listening = null
  #typed = 0
  /** The last event that was seen. */
  after = 0
  isConnected = false

  /**
   * @param {import('./conversation-client.js').ConversationClient} client
   * @param {import('./words.js').Words} words
   * @param {{
   *   said: (message: import('./contract.js').MessageShown) => void,
   *   stands: (shown: HandoverShown) => void,
   *   form: () => void,
   *   failed: (error: unknown) => void,
   * }} events
   */
  constructor(client, words, events) {
    this.#client = client
    this.#words = words
    this.#events = events
  }

  /** Asks how it stands, and listens if a person may speak. */
  async look() {
    this.#stands(await this.#client.handover())
  }

  stop() {
    this.#listening?.abort()
    this.#listening = null
  }

  /** Tells a person who is there that the visitor is typing, now and then. */
  typing() {
    if (!this.isConnected || Date.now() - this.#typed < TYPING_MS) return
    this.#typed = Date.now()
    void this.#client.typing().catch(() => {})
  }

  /** @param {'talk' | 'back'} wish */
  async #wish(wish) {
    try {
      this.#stands(await this.#client.handover(wish))
    } catch (error) {
      this.#events.failed(error)
    }
  }

  /** @param {HandoverShown} shown */
  #stands(shown) {
    const {state, text, can_talk} = shown
    const live = state === 'waiting' || state === 'connected'
    const button = (/** @type {import('./element.js').IconName} */ name, /** @type {string} */ label, /** @type {() => void} */ onclick) =>
      element('button', {type: 'button', onclick}, icon(name), label)
    this.isConnected = state === 'connected'
    if (this.#text.textContent !== text) this.#text.textContent = text
    this.#presence.textContent = ''
    this.#buttons.replaceChildren(
      ...(can_talk && !live ? [button('chat', this.#words.talk, () => void this.#wish('talk'))] : []),
      ...(state === 'form' ? [button('person', this.#words.leadOpen, this.#events.form)] : []),
      ...(live ? [button('back', this.#words.goBack, () => void this.#wish('back'))] : []),
    )
    // With the assistant alone there is nothing to tell.
    this.bar.hidden = state === 'bot' && !can_talk
    this.#events.stands(shown)
    if (live || state === 'left_message') void this.#listen()
    else this.stop()
  }

  async #listen() {
    if (this.#listening) return
    const mine = (this.#listening = new AbortController())
    while (this.#listening === mine) {
      const line = new AbortController()
      const hang = () => line.abort()
      mine.signal.addEventListener('abort', hang)
      try {
        for await (const event of this.#client.events(this.after, line, SILENCE_MS)) this.#heard(event)
      } catch (error) {
        // Erased or not ours: there is nothing to listen to.
        if (error instanceof Error && 'status' in error && Number(error.status) < 429) this.stop()
      }
      mine.signal.removeEventListener('abort', hang)
      await new Promise(again => setTimeout(again, AGAIN_MS))
    }
  }

  /** @param {LiveEvent} event */
  #heard({id, event, data}) {
    if (id) this.after = Number(id)
    if (event === 'state') this.#stands(data)
    if (event === 'message') this.#events.said(data)
    if (event === 'presence') this.#presence.textContent = data.text
    if (event === 'closed') {
      this.#text.textContent = data.text
      this.#buttons.replaceChildren()
      this.stop()
    }
  }
}
