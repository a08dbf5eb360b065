/**
 * What the desk does beyond HTML: shortcuts, and word that more came in. Without it every page works.
 */

const SILENT = 'loketgids-sneltoetsen-uit'
const EVERY_SECONDS = 60

/** What single keys do; each is in the dialog that `?` opens. @type {Record<string, () => void>} */
const keys = {
  '?': () => dialog?.showModal(),
  '/': () => focus('#zoek') || go('/desk'),
  a: () => go('/desk'),
  j: () => step(1),
  k: () => step(-1),
  n: () => focus('#text'),
  f: () => focus('#after'),
}

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById('sneltoetsen'))
const toggle = /** @type {HTMLInputElement | null} */ (document.getElementById('sneltoetsen-aan'))
const helpButton = /** @type {HTMLElement | null} */ (document.querySelector('[data-opens="sneltoetsen"]'))

/** @param {string} selector @returns {boolean} whether there was something to go to */
function focus(selector) {
  const found = /** @type {HTMLElement | null} */ (document.querySelector(selector))
  found?.focus()
  return found !== null
}

/** @param {string} address */
function go(address) {
  location.assign(address)
}

/** To the next or previous lead in the list. @param {1 | -1} by */
function step(by) {
  const links = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.leads__name')])
  const at = links.indexOf(/** @type {HTMLElement} */ (document.activeElement))
  links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)]?.focus()
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.closest('input:not([type="checkbox"]), textarea, select, dialog') !== null
}

function isSilent() {
  try {
    return localStorage.getItem(SILENT) === '1'
  } catch {
    return false
  }
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  if (isTyping(event.target) || isSilent()) return
  const act = keys[event.key]
  if (act) {
    event.preventDefault()
    act()
  }
})

if (helpButton && dialog) {
  helpButton.hidden = false
  helpButton.addEventListener('click', () => dialog.showModal())
}
if (toggle) {
  toggle.checked = !isSilent()
  toggle.addEventListener('change', () => {
    try {
      toggle.checked ? localStorage.removeItem(SILENT) : localStorage.setItem(SILENT, '1')
    } catch {
      // Storage is off: the choice holds for this page, and that is all we can do.
    }
  })
}

const news = /** @type {HTMLElement | null} */ (document.querySelector('[data-asks]'))

async function ask() {
  if (!news || document.hidden) return
  try {
    const answer = await fetch(news.dataset.asks ?? '', {redirect: 'error'})
    const {count, answers} = await answer.json()
    const told = []
    if (count > 0) told.push(count === 1 ? 'Er is 1 nieuwe aanmelding.' : `Er zijn ${count} nieuwe aanmeldingen.`)
    if (answers > 0) told.push(answers === 1 ? 'Bij 1 aanmelding kwam een e-mail binnen.' : `Bij ${answers} aanmeldingen kwam een e-mail binnen.`)
    if (told.length) tell(news, told.join(' '))
  } catch {
    // Offline, or logged out: the next page that is opened says so.
  }
}

/** @param {HTMLElement} notice @param {string} words */
function tell(notice, words) {
  const link = document.createElement('a')
  const here = new URL(location.href)
  here.searchParams.delete('gedaan')
  link.href = here.href
  link.textContent = 'Toon'
  notice.replaceChildren(`${words} `, link)
  notice.hidden = false
}

if (news) {
  // The line tells at once; where a proxy holds it up, asking now and then does.
  const events = new EventSource('/desk/events')
  events.addEventListener('lead', ask)
  events.addEventListener('answer', ask)
  setInterval(ask, EVERY_SECONDS * 1000)
}

const dossier = /** @type {HTMLElement | null} */ (document.querySelector('[data-lead]'))
if (dossier) {
  // What is being typed in the forms stays: whoever reads chooses when the page is made anew.
  new EventSource('/desk/events').addEventListener('answer', event => {
    const {lead_id: about} = JSON.parse(/** @type {MessageEvent} */ (event).data)
    if (about === dossier.dataset.lead) tell(dossier, 'Bij deze aanmelding kwam een e-mail binnen.')
  })
}
