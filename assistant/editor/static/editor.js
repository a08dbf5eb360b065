/** Makes the editor's pages easier: keeps what is typed, adds rows in place, shows a text as it will look, copies a letter, follows a run. */

const KEEP_AFTER_MS = 3000
const FOLLOW_AFTER_MS = 3000
let form = /** @type {HTMLFormElement | null} */ (document.querySelector('[data-editor]'))
let isDirty = false
let timer = 0

/** @param {HTMLFormElement} from @param {Record<string, string>} more */
function fields(from, more = {}) {
  const data = new URLSearchParams(/** @type {any} */ (new FormData(from)))
  for (const [name, value] of Object.entries(more)) data.append(name, value)
  return data
}

/** @param {string} text */
function tell(text) {
  const status = form?.querySelector('[data-kept]')
  if (status) status.textContent = text
}

async function keep() {
  if (!form || !isDirty || form.action.includes('/nieuw/')) return
  isDirty = false
  try {
    const answer = await fetch(`${form.action}/tussentijds`, {method: 'POST', body: fields(form)})
    tell(answer.ok ? 'Wat je typt, wordt tussendoor bewaard.' : 'Tussendoor bewaren lukte niet. Bewaar het zelf.')
  } catch {
    tell('Je hebt nu geen verbinding. Wat je typte, staat er nog.')
  }
}

/** The server draws the form anew, with what is typed in it and room for more. @param {string} name */
async function redraw(name) {
  if (!form) return
  const top = scrollY
  const answer = await fetch(form.action, {method: 'POST', body: fields(form, {hertekenen: name})})
  if (!answer.ok) return form.requestSubmit()
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-editor]')
  if (!fresh) return
  form.replaceWith(fresh)
  form = /** @type {HTMLFormElement} */ (fresh)
  isDirty = true
  ready()
  scrollTo({top})
  /** @type {HTMLElement | null} */ (form.querySelector(`[name="${CSS.escape(name)}"]`))?.focus()
}

/** @param {HTMLTextAreaElement} text */
function preview(text) {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'button button--quiet'
  button.textContent = 'Bekijk hoe het eruitziet'
  const shown = document.createElement('div')
  shown.className = 'preview'
  shown.setAttribute('role', 'status')
  button.addEventListener('click', async () => {
    const csrf = /** @type {HTMLInputElement | null} */ (form?.querySelector('[name="csrf"]'))?.value ?? ''
    const answer = await fetch('/desk/redactie/voorbeeld', {method: 'POST', body: new URLSearchParams({csrf, tekst: text.value})})
    // The server has cleaned it, as it does for visitors.
    if (answer.ok) shown.replaceChildren(...new DOMParser().parseFromString(await answer.text(), 'text/html').body.childNodes)
  })
  text.after(button, shown)
}

function ready() {
  if (!form) return
  form.addEventListener('input', () => {
    isDirty = true
    clearTimeout(timer)
    timer = window.setTimeout(keep, KEEP_AFTER_MS)
  })
  form.addEventListener('submit', event => {
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter)
    if (button?.name === 'hertekenen') {
      event.preventDefault()
      void redraw(button.value)
      return
    }
    isDirty = false
  })
  form.addEventListener('change', event => {
    const field = /** @type {HTMLElement} */ (event.target)
    if (field.hasAttribute('data-redraw')) void redraw(/** @type {HTMLSelectElement} */ (field).name)
  })
  for (const text of form.querySelectorAll('[data-markdown]')) preview(/** @type {HTMLTextAreaElement} */ (text))
}

/** Draws a run anew while it goes on. @param {HTMLElement} shown */
function follow(shown) {
  const address = shown.dataset.follow
  if (!address) return
  setTimeout(async () => {
    const answer = await fetch(address).catch(() => null)
    const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-follow], [data-followed]')
    if (!fresh) return follow(shown)
    shown.replaceWith(fresh)
    follow(/** @type {HTMLElement} */ (fresh))
  }, FOLLOW_AFTER_MS)
}

ready()
for (const shown of document.querySelectorAll('[data-follow]')) follow(/** @type {HTMLElement} */ (shown))
addEventListener('beforeunload', event => {
  if (isDirty) event.preventDefault()
})

/** Of HTML a mail program takes over the headings and the links. @param {HTMLTextAreaElement} from */
async function copy(from) {
  const parts = {'text/plain': new Blob([from.value], {type: 'text/plain'})}
  if (from.id === 'html') Object.assign(parts, {'text/html': new Blob([from.value], {type: 'text/html'})})
  await navigator.clipboard.write([new ClipboardItem(parts)])
}

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('[data-copy]'))) {
  const from = /** @type {HTMLTextAreaElement} */ (document.getElementById(button.dataset.copy ?? ''))
  button.hidden = !navigator.clipboard
  button.addEventListener('click', async () => {
    const status = document.querySelector(`[data-copied="${button.dataset.copy}"]`)
    const told = await copy(from).then(() => 'Gekopieerd.', () => 'Kopiëren lukte niet. Selecteer de tekst zelf.')
    if (status) status.textContent = told
  })
}
