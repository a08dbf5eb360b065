/** @import {Consent, FactValue, HandoverShown, KnownFacts, Lead, LeadTaken, LiveEvent, Locale, Message, Problem, Reply, Started, Transcript} from './contract.js' */

const PATIENCE_MS = 20_000
/** Another tab's message came between: about how long to wait before the next try. */
const AFTER_ANOTHER_MS = 300

/** What the tab remembers: in sessionStorage, or if that is blocked for as long as the page lives. */
class Memory {
  #key

  /** @param {string} server */
  constructor(server) {
    this.#key = `loket-gids:${server}`
  }

  /** @returns {any} What was kept, or null. */
  read() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key) ?? 'null')
    } catch {
      return null
    }
  }

  /** @param {unknown} value */
  write(value) {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(value))
    } catch {
      // Blocked or full: the client itself knows its conversation.
    }
  }
}

/** The server understood and said no; `problem.detail` is a sentence for the visitor. */
export class ProblemError extends Error {
  /** @param {number} status @param {Problem} problem */
  constructor(status, problem) {
    super(problem.title ?? `HTTP ${status}`)
    this.status = status
    this.problem = problem
  }
}

/** The API as typed calls. The only file that knows its URLs. */
export class ConversationClient {
  #server
  #memory
  /** After how many days without a word the server erases the conversation; known once there is one. */
  days = 0
  /** @type {{id: string, token: string} | null} */
  #conversation
  /** What the visitor typed and did not send yet: it outlives a reload, and goes with the conversation. @type {any} */
  #drafts

  /** @param {string} server The address of the API, with its last slash. */
  constructor(server, memory = new Memory(server)) {
    this.#server = server
    this.#memory = memory
    const kept = memory.read()
    this.#conversation = kept?.id && kept.token ? {id: String(kept.id), token: String(kept.token)} : null
    this.#drafts = kept?.drafts ?? {}
  }

  /** @param {string} name @returns {any} What was typed there and never sent. */
  draft(name) {
    return this.#drafts[name]
  }

  /** @param {string} name @param {unknown} [value] What is typed there now; nothing once it was sent. */
  keep(name, value) {
    this.#drafts[name] = value || undefined
    this.#write()
  }

  /** @param {{locale: Locale, region: string, page_url: string}} about @returns {Promise<Reply>} */
  async start(about) {
    const started = /** @type {Started} */ (await this.#send('POST', 'conversations', about))
    this.#conversation = {id: started.conversation_id, token: started.token}
    this.days = started.kept_days
    this.#write()
    return started.reply
  }

  /** @returns {Promise<Transcript | null>} Null if there is no conversation, or not any more. */
  async resume() {
    if (!this.#conversation) return null
    try {
      const transcript = /** @type {Transcript} */ (await this.#send('GET', this.#path))
      this.days = transcript.kept_days
      return transcript
    } catch (error) {
      if (this.#isGone(error)) return null
      throw error
    }
  }

  /**
   * @param {Message} message
   * @param {Parameters<ConversationClient['start']>[0]} about For a new conversation, if this one is no more.
   * @returns {Promise<Reply>}
   */
  async ask(message, about, tries = 4) {
    if (!this.#conversation) await this.start(about)
    try {
      return /** @type {Reply} */ (await this.#send('POST', `${this.#path}/messages`, message))
    } catch (error) {
      const overtaken = error instanceof ProblemError && error.status === 409
      if (!tries || !(overtaken || this.#isGone(error))) throw error
      if (overtaken) await new Promise(resolve => setTimeout(resolve, AFTER_ANOTHER_MS * (1 + Math.random())))
      return this.ask(message, about, tries - 1)
    }
  }

  /** Erases the conversation on the server and here. */
  async forget() {
    try {
      if (this.#conversation) await this.#send('DELETE', this.#path)
    } catch (error) {
      if (!this.#isGone(error)) throw error
    }
    this.#drafts = {}
    this.#lose()
  }

  /**
   * What the conversation knows of the visitor, after a change if one is asked.
   *
   * @param {'GET' | 'PATCH' | 'DELETE'} [method]
   * @param {string} [name]
   * @param {{value: FactValue | null} | {confirmed: true}} [change]
   * @returns {Promise<KnownFacts>}
   */
  async facts(method = 'GET', name = '', change) {
    const nothing = {facts: [], skipped: [], gone: []}
    if (!this.#conversation) return nothing
    const path = `${this.#path}/facts${name && '/'}${encodeURIComponent(name)}`
    try {
      return /** @type {KnownFacts} */ (await this.#send(method, path, change))
    } catch (error) {
      if (!this.#isGone(error)) throw error
      return nothing
    }
  }

  /** @param {string} region @param {Locale} locale @returns {Promise<Consent>} */
  consent(region, locale) {
    const query = new URLSearchParams({region, locale})
    return /** @type {Promise<Consent>} */ (this.#send('GET', `consent?${query}`))
  }

  /** @param {Lead} lead @returns {Promise<LeadTaken>} */
  async leave(lead) {
    const about = this.#conversation && {conversation_id: this.#conversation.id}
    try {
      return /** @type {LeadTaken} */ (await this.#send('POST', 'leads', {...about, ...lead}))
    } catch (error) {
      if (!about || !this.#isGone(error)) throw error
      // The conversation was erased meanwhile; who wants a person gets one all the same.
      return this.leave(lead)
    }
  }

  /** @param {string} replyId @param {boolean} helpful @param {string} [comment] */
  rate(replyId, helpful, comment) {
    return this.#send('POST', 'feedback', {conversation_id: this.#conversation?.id, reply_id: replyId, helpful, comment})
  }

  /** @param {'talk' | 'back'} [wish] @returns {Promise<HandoverShown>} How it stands with a person, after the wish. */
  handover(wish) {
    const call = wish ? this.#send('POST', `${this.#path}/handover`, {wish}) : this.#send('GET', `${this.#path}/handover`)
    return /** @type {Promise<HandoverShown>} */ (call)
  }

  typing() {
    return this.#send('POST', `${this.#path}/typing`)
  }

  /**
   * Server-sent events; by `fetch`, since an EventSource cannot carry the token.
   *
   * @param {number} after The last event that was seen.
   * @param {AbortController} line Ends it; a silence does too.
   * @param {number} silence In milliseconds.
   * @returns {AsyncGenerator<LiveEvent>}
   */
  async *events(after, line, silence) {
    let dead = setTimeout(() => line.abort(), silence)
    try {
      const response = await this.#fetch('GET', `${this.#path}/events?after=${after}`, undefined, line.signal)
      if (!response.ok || !response.body) throw new ProblemError(response.status, {})
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      for (let heard = ''; ; ) {
        const {value, done} = await reader.read()
        if (done) return
        clearTimeout(dead)
        dead = setTimeout(() => line.abort(), silence)
        const parts = (heard + value).split(/\r?\n\r?\n/)
        heard = parts.pop() ?? ''
        for (const part of parts) {
          const of = (/** @type {string} */ name) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(part)?.[1] ?? ''
          if (of('data')) yield {id: of('id'), event: of('event'), data: JSON.parse(of('data'))}
        }
      }
    } finally {
      clearTimeout(dead)
      line.abort()
    }
  }

  get #path() {
    return `conversations/${encodeURIComponent(this.#conversation?.id ?? '')}`
  }

  #lose() {
    this.#conversation = null
    this.#write()
  }

  #write() {
    const drafts = Object.values(this.#drafts).some(Boolean) ? this.#drafts : undefined
    this.#memory.write({...this.#conversation, drafts})
  }

  /** @param {unknown} error @returns {boolean} Whether the conversation is erased or not ours; then it is let go. */
  #isGone(error) {
    const gone = error instanceof ProblemError && this.#conversation !== null && [401, 404].includes(error.status)
    if (gone) this.#lose()
    return gone
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<unknown>}
   */
  async #send(method, path, body) {
    const response = await this.#fetch(method, path, body, AbortSignal.timeout(PATIENCE_MS))
    const text = await response.text()
    if (response.ok) return text ? JSON.parse(text) : null
    let problem = {}
    try {
      problem = JSON.parse(text)
    } catch {
      // A proxy's page in between: its status says enough.
    }
    throw new ProblemError(response.status, problem)
  }

  /** @param {string} method @param {string} path @param {unknown} body @param {AbortSignal} signal */
  #fetch(method, path, body, signal) {
    return fetch(`${this.#server}api/v1/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : {'Content-Type': 'application/json'}),
        ...(this.#conversation ? {Authorization: `Bearer ${this.#conversation.token}`} : {}),
      },
      body: body === undefined ? null : JSON.stringify(body),
      credentials: 'omit',
      signal,
    })
  }
}
