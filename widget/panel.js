import {loket} from './blocks/cards.js'
import {leadForm} from './blocks/lead-form.js'
import {ConversationClient, ProblemError} from './conversation-client.js'
import {copyOf, download, print} from './copy.js'
import {element, icon, spoken} from './element.js'
import {LiveTalk} from './live.js'
import {myConversation} from './my-conversation.js'
import {replyArticle} from './reply.js'
import {styles} from './styles.js'
import {wordsIn} from './words.js'

/** @import {HandoverShown, LeadTaken, Locale, Message, MessageShown, QuickReply, Reply} from './contract.js' */

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
  #log = element('div', {role: 'log', class: 'log', 'aria-live': 'polite', tabindex: '0'})
  #pending = element('div', {class: 'pending'})
  #quick = element('div', {class: 'quick', role: 'group'})
  #scroller = element('div', {class: 'scroller'}, this.#log, this.#pending, this.#quick)
  #status = element('p', {role: 'status', class: 'spoken'})
  #alert = element('div', {class: 'alert', role: 'alert'})
  #input = element('textarea', {rows: 1, id: 'question', enterkeyhint: 'send', oninput: () => (this.draft(this.#input.value), this.#live.typing()), onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event)})
  #talk = element('div', {class: 'talk'})
  #heading = element('h2', {id: 'title', tabindex: '-1'})
  #dialog = element('dialog', {class: 'panel', 'aria-labelledby': 'title', onkeydown: (/** @type {KeyboardEvent} */ event) => this.#escape(event)})
  #who = element('p', {})
  #live
  /** The messages that are shown: an event may tell of one again. */
  #known = new Set()
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
    this.#live = new LiveTalk(client, this.#words, {
      said: message => (this.#busy ? void this.#later.push(message) : this.#said(message)),
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
    this.#input.value = client.draft('question') ?? ''
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

  /** @param {string} text What stands in the input, and outlives the page. */
  draft(text) {
    this.#input.value = text
    this.#client.keep('question', text)
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
    this.#log.setAttribute('aria-label', words.log)
    this.#quick.setAttribute('aria-label', words.quick)
    this.#input.placeholder = words.placeholder
    this.#talk.append(
      this.#scroller,
      this.#status,
      this.#live.bar,
      this.#offline,
      this.#alert,
      element(
        'form',
        {class: 'composer', onsubmit: (/** @type {Event} */ event) => this.#submit(event)},
        element('label', {for: 'question', class: 'spoken'}, words.question),
        this.#input,
        element('button', {class: 'send', title: words.send}, icon('send'), spoken(words.send)),
        element('small', {}, words.privacy),
      ),
    )
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
    else this.#input.focus()
  }

  /** @param {KeyboardEvent} event */
  #escape(event) {
    if (event.key !== 'Escape') return
    event.preventDefault()
    this.close()
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.#input.form?.requestSubmit()
  }

  /** @param {Event} event */
  #submit(event) {
    event.preventDefault()
    const text = this.#input.value.trim()
    if (text) void this.#send({text}, text)
    else this.#input.focus()
  }

  /** Goes on with the conversation that this tab had, or starts one. */
  async #begin() {
    await this.#attempt(this.#words.notOpened, async () => {
      const transcript = await this.#client.resume()
      if (!transcript?.turns.length) return this.#add(await this.#client.start(this.#about))
      // What was heard before is not read out again.
      this.#log.setAttribute('aria-live', 'off')
      const {turns, messages = [], last_event_id = 0} = transcript
      const told = [
        ...turns.map(({question, choice_label, reply, created_at}, at) => ({
          at: created_at,
          show: () => this.#add(reply, choice_label || question || '', at === turns.length - 1),
        })),
        ...messages.map(message => ({at: message.at, show: () => this.#said(message)})),
      ]
      for (const {show} of told.sort((one, other) => one.at.localeCompare(other.at))) show()
      this.#live.after = last_event_id
      if (last_event_id) void this.#look()
      setTimeout(() => this.#log.setAttribute('aria-live', 'polite'), 500)
    })
  }

  /**
   * @param {Message} message
   * @param {string} shown What the visitor said, as they see it.
   * @param {HTMLElement | null} [origin] The question or the buttons that were used.
   */
  async #send(message, shown, origin = null) {
    if (this.#busy) return 'text' in message && this.draft(shown)
    this.#put(this.#talk)
    const typed = this.#taken(shown)
    this.#pending.replaceChildren(element('p', {class: 'asked'}, shown), element('p', {class: 'dots', 'aria-hidden': 'true'}, element('i'), element('i'), element('i')))
    this.#pending.scrollIntoView({block: 'end'})
    let again = false
    const arrived = await this.#attempt(this.#words.failed, async () => {
      // What arrived, but whose answer got lost on the way, is not asked twice.
      const reply = (again && (await this.#missed(shown))) || (await this.#client.ask(message, this.#about).finally(() => (again = true)))
      this.#taken(shown)
      const used = this.#root.activeElement
      origin?.querySelector('.answers')?.remove()
      const article = this.#add(reply, shown)
      // The button that was used is gone, so the focus goes to what it brought.
      if (used && used !== this.#input) article?.focus({preventScroll: true})
      this.#tell('loket-answer', reply)
      if (reply.handoff) void this.#look()
    })
    this.#pending.replaceChildren()
    if (!arrived && typed && !this.#input.value) this.draft(shown)
  }

  /** @param {string} shown @returns {Promise<Reply | undefined>} The reply to this, if it was given but not seen. */
  async #missed(shown) {
    const turn = (await this.#client.resume())?.turns.at(-1)
    return turn && !this.#known.has(turn.reply.id) && (turn.choice_label || turn.question) === shown ? turn.reply : undefined
  }

  /** @param {string} shown @returns {boolean} Whether it came from the input, which is empty now. */
  #taken(shown) {
    if (this.#input.value.trim() !== shown) return false
    this.draft('')
    return true
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
      if (!this.#log.hasChildNodes()) this.#alert.append(element('slot'))
      return false
    } finally {
      this.#busy = false
      for (const message of this.#later.splice(0)) this.#said(message)
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
      this.#input.focus()
    }
    const act = element('button', {type: 'button', onclick: () => (hide(), action())}, label)
    this.#alert.replaceChildren(
      element('p', {}, sentence),
      element('div', {class: 'row'}, act, cancel && element('button', {type: 'button', onclick: hide}, cancel)),
    )
    return act
  }

  /**
   * @param {Reply} reply
   * @param {string} [question]
   * @param {boolean} [live]
   */
  #add(reply, question = '', live = true) {
    this.#known.add(reply.id)
    // A person has the conversation: the assistant says nothing.
    if (!reply.blocks.length) return this.#append(null, question)
    const context = {
      words: this.#words,
      live,
      choose: (/** @type {import('./contract.js').Choice} */ choice, /** @type {string} */ label, /** @type {HTMLElement} */ origin) =>
        void this.#send({choice}, label, origin),
      openLeadForm: () => this.#openForm(),
    }
    const article = replyArticle(reply, context, (helpful, reason) => void this.#client.rate(reply.id, helpful, reason).catch(console.error))
    // One question is open at a time: the newest. A reply without one leaves the last one open.
    if (article.querySelector('.answers')) for (const old of this.#log.querySelectorAll('.answers')) old.remove()
    this.#quick.replaceChildren(...(live ? reply.quick_replies.map(quick => this.#quickButton(quick)) : []))
    return this.#append(article, question)
  }

  /** What a person said, or the visitor in another tab. @param {MessageShown} message */
  #said({id, sender, name, text}) {
    if (this.#known.has(id)) return
    this.#known.add(id)
    if (sender === 'visitor') return this.#append(null, text)
    const who = sender === 'adviser' && element('h3', {class: 'note'}, `${name}, ${this.#words.adviser}`)
    this.#append(element('article', {class: `reply ${who ? 'person' : 'note'}`, tabindex: '-1'}, who, element('p', {}, text)), '')
    if (!this.#dialog.open) this.#tell('loket-message', {sender})
  }

  async #look() {
    await this.#live.look().catch(console.error)
  }

  /** @param {HandoverShown} shown */
  #stands({state, adviser, loket_title}) {
    const name = [adviser, loket_title].filter(Boolean).join(', ')
    this.#who.textContent = state === 'connected' ? this.#words.person.replace('{name}', () => name) : this.#words.computer
  }

  /** @param {HTMLElement | null} article @param {string} [question] */
  #append(article, question) {
    const asked = question ? element('p', {class: 'asked', 'aria-live': 'off'}, spoken(`${this.#words.you}: `), question) : null
    this.#log.setAttribute('aria-busy', 'true')
    this.#log.append(...[asked, article].filter(each => each !== null))
    this.#log.removeAttribute('aria-busy')
    this.#pending.replaceChildren()
    // A long reply is read from its start.
    ;(asked ?? article)?.scrollIntoView({block: 'start'})
    return article
  }

  /** @param {QuickReply} quick */
  #quickButton({label, text, choice}) {
    const message = choice ? {choice} : {text: text ?? label}
    return element('button', {type: 'button', onclick: () => void this.#send(message, label)}, label)
  }

  /** @param {HTMLElement} front What the visitor sees now; what was typed in the rest stays there. */
  #put(front) {
    if (front === this.#front) return
    this.#front.replaceWith(front)
    this.#front = front
  }

  #back = () => {
    this.#put(this.#talk)
    this.#input.focus()
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
    const copy = () => copyOf(this.#log, words.mine)
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
    this.#append(article)
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
      this.#input.value = ''
      this.#log.replaceChildren()
      this.#lead = null
      this.#add(await this.#client.start(this.#about))
    })
  }
}
