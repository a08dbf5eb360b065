/** Keeps the pages of live conversations up to date. Without it every form works, and a link shows what is new. */

const TYPING_EVERY_MS = 3000

const board = document.querySelector('[data-events]')
const log = document.querySelector('[data-log]')
const presence = document.querySelector('[data-presence]')
const form = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-say]'))
const failed = /** @type {HTMLElement | null} */ (document.querySelector('[data-failed]'))
const text = /** @type {HTMLTextAreaElement | null} */ (form?.querySelector('textarea') ?? null)
const WHO = {visitor: 'Bezoeker', assistant: 'Assistent', notice: 'Bericht van de dienst', adviser: 'Adviseur'}

/** Puts the parts of the page that change in place, from the page as it is now; what is being typed is in none of them. */
async function refresh() {
  const answer = await fetch(location.pathname, {headers: {Accept: 'text/html'}})
  if (answer.redirected || answer.status === 404) {
    // Logged out, or the conversation went back to the assistant.
    location.assign(answer.redirected ? location.pathname : '/desk/gesprekken')
    return
  }
  if (!answer.ok) return
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-live]')) {
    const newer = fresh.querySelector(`[data-live="${part.getAttribute('data-live')}"]`)
    if (!newer || newer.innerHTML === part.innerHTML || part.contains(document.activeElement) && part.querySelector('details[open]')) continue
    part.replaceChildren(...newer.childNodes)
  }
  if (form) form.hidden = fresh.querySelector('[data-say]')?.hasAttribute('hidden') !== false && !text?.value
}

/** @param {{id: string, sender: keyof typeof WHO, name: string, text: string, at: string}} message */
function show(message) {
  const id = message.sender === 'assistant' ? `${message.id}-a` : message.id
  if (!log || [...log.children].some(line => line.getAttribute('data-id') === id)) return
  const line = document.createElement('li')
  line.className = `line line--${message.sender}`
  line.dataset.id = id
  const who = document.createElement('p')
  who.className = 'line__who'
  const name = document.createElement('strong')
  name.textContent = message.name || WHO[message.sender]
  who.append(name, ` ${new Date(message.at).toLocaleTimeString('nl-NL', {hour: '2-digit', minute: '2-digit'})}`)
  const words = document.createElement('div')
  words.className = 'line__text'
  for (const each of message.text.split('\n').filter(Boolean)) {
    const paragraph = document.createElement('p')
    paragraph.textContent = each
    words.append(paragraph)
  }
  line.append(who, words)
  log.append(line)
  scroll()
}

function scroll() {
  const frame = log?.parentElement
  if (frame) frame.scrollTop = frame.scrollHeight
}

/** @param {{people: {role: string, doing: string}[], text: string}} there */
function tell(there) {
  if (!presence) return
  const visitor = there.people.find(each => each.role === 'visitor')
  const here = !visitor ? 'De bezoeker is er nu niet.' : visitor.doing === 'typing' ? 'De bezoeker is aan het typen.' : 'De bezoeker is er.'
  const words = `${here} ${there.text}`.trim()
  if (presence.textContent !== words) presence.textContent = words
}

/** @param {string} path @param {FormData} data */
function post(path, data) {
  return fetch(path, {method: 'POST', body: new URLSearchParams(/** @type {any} */ (data)), headers: {Accept: 'application/json'}})
}

async function send() {
  if (!form || !text?.value.trim()) return
  const button = form.querySelector('button')
  button?.setAttribute('aria-disabled', 'true')
  try {
    const answer = await post(form.action, new FormData(form))
    if (!answer.ok) throw new Error(String(answer.status))
    text.value = ''
    const key = /** @type {HTMLInputElement | null} */ (form.querySelector('[name="key"]'))
    if (key) key.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`
    if (failed) failed.hidden = true
  } catch {
    // The same key goes along the next time: what did arrive is not said twice.
    if (failed) {
      failed.textContent = 'Je bericht is niet verstuurd. Het staat er nog: probeer het zo opnieuw.'
      failed.hidden = false
    }
    void refresh()
  } finally {
    button?.removeAttribute('aria-disabled')
    text.focus()
  }
}

let typed = 0
text?.addEventListener('input', () => {
  const now = Date.now()
  if (now - typed < TYPING_EVERY_MS || !form) return
  typed = now
  const data = new FormData(form)
  data.delete('text')
  post(form.action.replace(/bericht$/, 'typt'), data).catch(() => {})
})
text?.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    void send()
  }
})
form?.addEventListener('submit', event => {
  event.preventDefault()
  void send()
})

scroll()
if (board) {
  const events = new EventSource(board.getAttribute('data-events') ?? '')
  /** @param {string} name @param {(data: any) => void} act */
  const on = (name, act) => events.addEventListener(name, event => act(JSON.parse(/** @type {MessageEvent} */ (event).data)))
  on('message', show)
  on('presence', tell)
  // The first one too: something may have changed between the page and its stream.
  on('state', () => void refresh())
  on('talks', () => void refresh())
  on('closed', () => {
    events.close()
    location.assign('/desk/gesprekken')
  })
}
