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
    const {count} = await answer.json()
    if (count > 0) tell(count)
  } catch {
    // Offline, or logged out: the next page that is opened says so.
  }
}

/** @param {number} count */
function tell(count) {
  if (!news) return
  const link = document.createElement('a')
  link.href = location.pathname + location.search
  link.textContent = 'Toon'
  news.replaceChildren(count === 1 ? 'Er is 1 nieuwe aanmelding. ' : `Er zijn ${count} nieuwe aanmeldingen. `, link)
  news.hidden = false
}

if (news) {
  // The line tells at once; where a proxy holds it up, asking now and then does.
  new EventSource('/desk/events').addEventListener('lead', ask)
  setInterval(ask, EVERY_SECONDS * 1000)
}
