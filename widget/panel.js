import {loket} from './blocks/cards.js'
import {leadForm} from './blocks/lead-form.js'
import {Composer} from './composer.js'
import {ConversationClient, ProblemError} from './conversation-client.js'
import {ConversationLog} from './conversation-log.js'
import {copyOf, download, print} from './copy.js'
import {element, icon, spoken} from './element.js'
import {LiveTalk} from './live.js'
import {myConversation} from './my-conversation.js'
import {styles} from './styles.js'
import {wordsIn} from './words.js'

/** @import {HandoverShown, LeadTaken, Locale, Message, MessageShown, Reply} from './contract.js' */

const NARROW = matchMedia('(max-width: 30em), (max-height: 26em)')

/** The conversation itself: loaded when a visitor opens it for the first time. */
export class ConversationPanel {
  #root
  #client
  #about
  #tell
  #words
  #busy = false
  /** @type {Promise<void> | undefined} */
  #begun
  #log
  #composer
  #status = element('p', {role: 'status', class: 'spoken'})
  #alert = element('div', {class: 'alert', role: 'alert'})
  #talk = element('div', {class: 'talk'})
  #heading = element('h2', {id: 'title', tabindex: '-1'})
  #dialog = element('dialog', {class: 'panel', 'aria-labelledby': 'title', onkeydown: (/** @type {KeyboardEvent} */ event) => this.#escape(event)})
  #who = element('p', {})
  #live
  /** What came while a message of our own was on its way: it may be that one. @type {MessageShown[]} */
  #later = []
  #offline = element('p', {class: 'offline', role: 'status'})
  /** @type {ReturnType<typeof leadForm> | null} */
  #lead = null
  /** What stands in the place of the conversation: the form, or the visitor's own page. @type {HTMLElement} */
  #front = this.#talk

  /**
   * @param {ShadowRoot} root
   * @param {{
   *   client: ConversationClient,
   *   locale: Locale,
   *   region: string,
   *   tell: (name: string, detail?: unknown) => void,
   *   speak: (locale: Locale) => void,
   *   closed: () => void,
   * }} options `tell` fires an event on the element; `speak` asks it for another language.
   */
  constructor(root, {client, locale, region, tell, speak, closed}) {
    this.#root = root
    this.#client = client
    this.#words = wordsIn(locale)
    // Of what comes after the path the campaign alone: the rest may be about a person.
    const campaign = new URLSearchParams(location.search).get('utm_campaign')
    const page_url = location.origin + location.pathname + (campaign ? `?utm_campaign=${encodeURIComponent(campaign)}` : '')
    this.#about = {locale, region, page_url: page_url.slice(0, 500)}
    this.#tell = tell
    this.#log = new ConversationLog(this.#words, {
      send: (message, shown, origin) => void this.#send(message, shown, origin),
      openLeadForm: () => this.#openForm(),
      rate: (replyId, helpful, reason) => void client.rate(replyId, helpful, reason).catch(console.error),
      heard: sender => this.#dialog.open || tell('loket-message', {sender}),
    })
    this.#composer = new Composer(this.#words, {
      kept: client.draft('question') ?? '',
      keep: text => client.keep('question', text),
      typing: () => this.#live.typing(),
      send: text => void this.#send({text}, text),
    })
    this.#live = new LiveTalk(client, this.#words, {
      said: message => (this.#busy ? void this.#later.push(message) : this.#log.said(message)),
      stands: shown => this.#stands(shown),
      form: () => this.#openForm(),
      failed: error => this.#alarm((error instanceof ProblemError && error.problem.detail) || this.#words.notOpened, this.#words.retry, () => void this.#look()),
    })
    if (!root.adoptedStyleSheets.includes(styles)) root.adoptedStyleSheets.push(styles)
    this.#build(() => speak(locale === 'nl' ? 'en' : 'nl'))
    this.#dialog.lang = locale
    // The event comes late: on another size of screen the dialog is shown again before it.
    this.#dialog.addEventListener('close', () => this.#dialog.open || closed())
    root.append(this.#dialog)
    for (const name of ['offline', 'online']) addEventListener(name, this.#connection)
    this.#connection()
  }

  /** Shows the conversation; it begins, or goes on, when it is first shown. */
  async open() {
    this.#show()
    await (this.#begun ??= this.#begin())
  }

  close() {
    this.#dialog.close()
  }

  /** Another panel takes over, with what was typed here. */
  remove() {
    for (const name of ['offline', 'online']) removeEventListener(name, this.#connection)
    this.#live.stop()
    this.#dialog.remove()
  }

  #connection = () => {
    this.#offline.textContent = navigator.onLine ? '' : this.#words.offline
  }

  /** @param {string} text A question from the page itself. */
  async ask(text) {
    await this.open()
    await this.#send({text}, text)
  }

  /** @param {() => void} speak */
  #build(speak) {
    const words = this.#words
    const button = (/** @type {import('./element.js').IconName} */ name, /** @type {string} */ label, /** @type {() => void} */ onclick) =>
      element('button', {type: 'button', class: 'tool', title: label, onclick}, icon(name), spoken(label))
    const say = (/** @type {string} */ text) => () => void this.#send({text}, text)
    const language = element('button', {type: 'button', class: 'tool', lang: this.#about.locale === 'nl' ? 'en' : 'nl', onclick: speak}, words.otherLanguage)
    this.#heading.append(words.title)
    this.#who.textContent = words.computer
    this.#talk.append(this.#log.scroller, this.#status, this.#live.bar, this.#offline, this.#alert, this.#composer.form)
    this.#dialog.append(
      element(
        'header',
        {},
        this.#heading,
        element('div', {class: 'tools'}, language, button('menu', words.mine, () => this.#openMine()), button('close', words.close, () => this.close())),
        this.#who,
        element(
          'div',
          {class: 'ways'},
          element('button', {type: 'button', onclick: say(words.zelftestText)}, icon('list'), words.zelftest),
          element('button', {type: 'button', onclick: say(words.humanText)}, icon('person'), words.human),
        ),
      ),
      this.#talk,
    )
    NARROW.addEventListener('change', () => {
      if (!this.#dialog.open) return
      this.#dialog.close()
      this.#show()
    })
  }

  /** Over a small screen it is modal, so that the focus cannot go behind it. */
  #show() {
    if (this.#dialog.open) return
    if (NARROW.matches) this.#dialog.showModal()
    else this.#dialog.show()
    if (NARROW.matches) this.#heading.focus()
    else this.#composer.focus()
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    if (event.key !== 'Escape') return
    event.preventDefault()
    this.close()
  }

  /** Goes on with the conversation that this tab had, or starts one. */
  async #begin() {
    await this.#attempt(this.#words.notOpened, async () => {
      const transcript = await this.#client.resume()
      if (!transcript?.turns.length) return this.#log.add(await this.#client.start(this.#about))
      const {turns, messages = [], last_event_id = 0} = transcript
      const told = [
        ...turns.map(({question, choice_label, reply, created_at}, at) => ({
          at: created_at,
          show: () => this.#log.add(reply, choice_label || question || '', at === turns.length - 1),
        })),
        ...messages.map(message => ({at: message.at, show: () => this.#log.said(message)})),
      ]
      told.sort((one, other) => one.at.localeCompare(other.at))
      this.#log.quietly(() => told.forEach(({show}) => show()))
      this.#live.after = last_event_id
      if (last_event_id) void this.#look()
    })
  }

  /**
   * @param {Message} message
   * @param {string} shown What the visitor said, as they see it.
   * @param {HTMLElement} [origin] The question or the buttons that were used.
   */
  async #send(message, shown, origin) {
    if (this.#busy) return 'text' in message && this.#composer.put(shown)
    this.#put(this.#talk)
    const typed = this.#composer.take(shown)
    this.#log.wait(shown)
    let again = false
    const arrived = await this.#attempt(this.#words.failed, async () => {
      // What arrived, but whose answer got lost on the way, is not asked twice.
      const reply = (again && (await this.#missed(shown))) || (await this.#client.ask(message, this.#about).finally(() => (again = true)))
      this.#composer.take(shown)
      const used = this.#root.activeElement
      origin?.querySelector('.answers')?.remove()
      const article = this.#log.add(reply, shown)
      // The button that was used is gone, so the focus goes to what it brought.
      if (used && !this.#composer.is(used)) article?.focus({preventScroll: true})
      this.#tell('loket-answer', reply)
      if (reply.handoff) void this.#look()
    })
    if (arrived) return
    this.#log.wait('')
    if (typed) this.#composer.giveBack(shown)
  }

  /** @param {string} shown @returns {Promise<Reply | undefined>} The reply to this, if it was given but not seen. */
  async #missed(shown) {
    const turn = (await this.#client.resume())?.turns.at(-1)
    return turn && !this.#log.known.has(turn.reply.id) && (turn.choice_label || turn.question) === shown ? turn.reply : undefined
  }

  /**
   * Does one thing at a time, says that it is busy, and offers it again if it fails.
   *
   * @param {string} sentence What to say if the server says nothing itself.
   * @param {() => Promise<unknown>} work
   * @returns {Promise<boolean>} Whether it was done.
   */
  async #attempt(sentence, work) {
    this.#busy = true
    this.#alert.replaceChildren()
    this.#status.textContent = this.#words.busy
    this.#dialog.classList.add('busy')
    try {
      await work()
      return true
    } catch (error) {
      console.error(error)
      const detail = error instanceof ProblemError ? error.problem.detail : ''
      this.#alarm(detail || sentence, this.#words.retry, () => void this.#attempt(sentence, work))
      // Nothing could begin: what the page offers without the conversation is shown after all.
      if (!this.#log.node.hasChildNodes()) this.#alert.append(element('slot'))
      return false
    } finally {
      this.#busy = false
      for (const message of this.#later.splice(0)) this.#log.said(message)
      this.#status.textContent = ''
      this.#dialog.classList.remove('busy')
    }
  }

  /**
   * @param {string} sentence
   * @param {string} label
   * @param {() => void} action
   * @param {string} [cancel]
   */
  #alarm(sentence, label, action, cancel) {
    const hide = () => {
      this.#alert.replaceChildren()
      this.#composer.focus()
    }
    const act = element('button', {type: 'button', onclick: () => (hide(), action())}, label)
    this.#alert.replaceChildren(
      element('p', {}, sentence),
      element('div', {class: 'row'}, act, cancel && element('button', {type: 'button', onclick: hide}, cancel)),
    )
    return act
  }

  async #look() {
    await this.#live.look().catch(console.error)
  }

  /** @param {HandoverShown} shown */
  #stands({state, adviser, loket_title}) {
    const name = [adviser, loket_title].filter(Boolean).join(', ')
    this.#who.textContent = state === 'connected' ? this.#words.person.replace('{name}', () => name) : this.#words.computer
  }

  /** @param {HTMLElement} front What the visitor sees now; what was typed in the rest stays there. */
  #put(front) {
    if (front === this.#front) return
    this.#front.replaceWith(front)
    this.#front = front
  }

  #back = () => {
    this.#put(this.#talk)
    this.#composer.focus()
  }

  #openForm() {
    this.#lead ??= leadForm({
      words: this.#words,
      consent: () => this.#client.consent(this.#about.region, this.#about.locale),
      leave: lead => this.#client.leave(lead),
      done: taken => this.#leadDone(taken),
      back: this.#back,
      kept: this.#client.draft('lead') ?? {},
      keep: typed => this.#client.keep('lead', typed),
    })
    this.#put(this.#lead.form)
    this.#lead.focus()
  }

  #openMine() {
    const words = this.#words
    const copy = () => copyOf(this.#log.node, words.mine)
    const mine = myConversation({
      words,
      client: this.#client,
      back: this.#back,
      download: () => download(copy(), this.#root, words.mine, this.#about.locale),
      print: () => print(copy(), this.#root, this.#dialog),
      restart: () => this.#askRestart(),
    })
    this.#put(mine.form)
    mine.focus()
  }

  /** @param {LeadTaken} taken */
  #leadDone(taken) {
    this.#put(this.#talk)
    this.#client.keep('lead')
    this.#lead = null
    const article = element(
      'article',
      {class: 'reply', tabindex: '-1'},
      element('p', {class: 'done'}, icon('yes'), this.#words.leadDone.replace('{loket}', () => taken.loket.title)),
      loket(taken, {words: this.#words, cite: () => null}),
    )
    this.#log.append(article)
    article.focus({preventScroll: true})
    this.#tell('loket-lead', {lead_id: taken.lead_id, loket: taken.loket.id})
  }

  #askRestart() {
    this.#put(this.#talk)
    const {restartAsk, restartYes, cancel} = this.#words
    this.#alarm(restartAsk, restartYes, () => void this.#restart(), cancel).focus()
  }

  async #restart() {
    await this.#attempt(this.#words.notOpened, async () => {
      this.#live.stop()
      await this.#client.forget()
      this.#composer.put('')
      this.#log.clear()
      this.#lead = null
      this.#log.add(await this.#client.start(this.#about))
    })
  }
}
