import {element, icon, spoken} from './element.js'

/** Where the visitor types. What stands there outlives the page, until it has arrived. */
export class Composer {
  #keep
  #input = element('textarea', {rows: 1, id: 'question', enterkeyhint: 'send'})
  form

  /**
   * @param {import('./words.js').Words} words
   * @param {{
   *   kept: string,
   *   keep: (text: string) => void,
   *   typing: () => void,
   *   send: (text: string) => void,
   * }} context `kept` is what was typed before the page was left, `keep` is told of each change.
   */
  constructor(words, {kept, keep, typing, send}) {
    this.#keep = keep
    this.#input.placeholder = words.placeholder
    this.#input.value = kept
    this.#input.addEventListener('input', () => (keep(this.#input.value), typing()))
    this.#input.addEventListener('keydown', event => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
      event.preventDefault()
      this.form.requestSubmit()
    })
    this.form = element(
      'form',
      {
        class: 'composer',
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault()
          const text = this.#input.value.trim()
          if (text) send(text)
          else this.focus()
        },
      },
      element('label', {for: 'question', class: 'spoken'}, words.question),
      this.#input,
      element('button', {class: 'send', title: words.send}, icon('send'), spoken(words.send)),
      element('small', {}, words.privacy),
    )
  }

  focus() {
    this.#input.focus()
  }

  /** @param {Element | null} element @returns {boolean} */
  is(element) {
    return element === this.#input
  }

  /** @param {string} text What stands there now. */
  put(text) {
    this.#input.value = text
    this.#keep(text)
  }

  /** @param {string} text Puts it back, unless something else was typed meanwhile. */
  giveBack(text) {
    if (!this.#input.value) this.put(text)
  }

  /** @param {string} shown @returns {boolean} Whether it came from here; then it stands here no longer. */
  take(shown) {
    if (this.#input.value.trim() !== shown) return false
    this.put('')
    return true
  }
}
