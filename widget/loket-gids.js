import {launcherStyles} from './launcher-styles.js'

/** @import {ConversationClient} from './conversation-client.js' */
/** @import {ConversationPanel} from './panel.js' */

const LABELS = {
  nl: {open: 'Stel je vraag', unread: 'Nieuw bericht', failed: 'Het gesprek kan nu niet openen. Probeer het zo nog eens.'},
  en: {open: 'Ask your question', unread: 'New message', failed: 'The conversation cannot open now. Please try again later.'},
}

/**
 * A conversation with the loket, in one tag. What stands between the tags is for a visitor without JavaScript.
 *
 * Attributes: `server` (default: where this file comes from), `region`, `locale` (`nl` or `en`), `label` of the button,
 * `position` (`left`), `theme` (`light`).
 *
 * @fires loket-open - The conversation has been opened.
 * @fires loket-answer - An answer has been shown; `detail` is the reply.
 * @fires loket-message - A person said something while the conversation was closed.
 * @fires loket-lead - The visitor's details were sent; `detail` is `{lead_id, loket}`.
 */
export class LoketGidsElement extends HTMLElement {
  static observedAttributes = ['locale', 'label']
  /** Replaceable, so that a page or a test can bring its own. @type {ConversationClient | undefined} */
  client
  #button = document.createElement('button')
  #label = document.createElement('span')
  #fallback = document.createElement('div')
  /** @type {Promise<ConversationPanel> | undefined} */
  #panel

  /** @returns {'nl' | 'en'} */
  get locale() {
    return /^en/i.test(this.getAttribute('locale') ?? '') ? 'en' : 'nl'
  }

  connectedCallback() {
    if (this.shadowRoot) return
    const root = this.attachShadow({mode: 'open'})
    root.adoptedStyleSheets = [launcherStyles]
    this.#button.type = 'button'
    this.#button.className = 'launcher'
    this.#button.setAttribute('aria-haspopup', 'dialog')
    this.#button.addEventListener('click', () => void this.open())
    this.#button.append(drawing(), this.#label)
    this.#fallback.className = 'fallback'
    this.#fallback.setAttribute('role', 'alert')
    root.append(this.#button, this.#fallback)
    this.attributeChangedCallback()
  }

  attributeChangedCallback() {
    this.#label.textContent = this.getAttribute('label') || LABELS[this.locale].open
    this.#button.lang = this.locale
  }

  /** Opens the conversation; the first time, this loads what it needs. */
  async open() {
    const panel = await this.#loaded()
    if (!panel) return
    this.#button.hidden = true
    this.attributeChangedCallback()
    this.dispatchEvent(new CustomEvent('loket-open', {bubbles: true, composed: true}))
    await panel.open()
  }

  /** @param {string} question Opens the conversation and asks this. */
  async ask(question) {
    await this.open()
    await (await this.#panel)?.ask(question)
  }

  async close() {
    ;(await this.#panel)?.close()
  }

  async #loaded() {
    this.#button.setAttribute('aria-busy', 'true')
    this.#fallback.replaceChildren()
    try {
      return await (this.#panel ??= this.#load())
    } catch (error) {
      console.error(error)
      this.#panel = undefined
      // What the page offers without the conversation, such as the loket's phone number, is shown after all.
      this.#fallback.append(LABELS[this.locale].failed, document.createElement('slot'))
      return null
    } finally {
      this.#button.removeAttribute('aria-busy')
    }
  }

  async #load() {
    const {ConversationClient, ConversationPanel} = await import('./conversation.js')
    const server = this.getAttribute('server')
    const {href} = server ? new URL(server, document.baseURI) : new URL('..', import.meta.url)
    this.client ??= new ConversationClient(href.replace(/\/?$/, '/'))
    return new ConversationPanel(/** @type {ShadowRoot} */ (this.shadowRoot), {
      client: this.client,
      locale: this.locale,
      region: this.getAttribute('region') ?? '',
      tell: (name, detail) => {
        if (name === 'loket-message') this.#label.textContent = LABELS[this.locale].unread
        this.dispatchEvent(new CustomEvent(name, {detail, bubbles: true, composed: true}))
      },
      speak: locale => void this.#speak(locale),
      closed: () => {
        this.#button.hidden = false
        this.#button.focus()
      },
    })
  }

  /** @param {'nl' | 'en'} locale The same conversation in another language. */
  async #speak(locale) {
    ;(await this.#panel)?.remove()
    this.setAttribute('locale', locale)
    this.#panel = this.#load()
    await (await this.#panel).open()
  }
}

/** @returns {SVGSVGElement} Two speech balloons' worth of talk, in one. */
function drawing() {
  const space = 'http://www.w3.org/2000/svg'
  const svg = document.createElementNS(space, 'svg')
  const path = document.createElementNS(space, 'path')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  svg.setAttribute('class', 'icon')
  path.setAttribute('d', 'M4 5h16v11H10l-5 4v-4H4z M8 9h8 M8 12h5')
  svg.append(path)
  return svg
}
