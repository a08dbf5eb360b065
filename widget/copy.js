import {element} from './element.js'
import {notes} from './reply.js'

/**
 * The conversation as a page of its own: every source and reason open, nothing left to press.
 *
 * @param {HTMLElement} log
 * @param {string} title
 */
export function copyOf(log, title) {
  const copy = /** @type {HTMLElement} */ (log.cloneNode(true))
  const marks = copy.querySelectorAll('.cite')
  log.querySelectorAll('.cite').forEach((mark, at) => {
    const note = notes.get(mark)
    if (note && !note.isConnected) marks[at]?.closest('p, li, th, td, h4')?.append(note.cloneNode(true))
  })
  for (const old of copy.querySelectorAll('.rating, .answers, button:not(.cite)')) old.remove()
  for (const details of copy.querySelectorAll('details')) details.open = true
  const when = new Date().toLocaleDateString(document.documentElement.lang || 'nl', {dateStyle: 'long'})
  return element('main', {class: 'copy'}, element('h1', {}, title), element('p', {class: 'note'}, `${when} · ${location.host}`), copy)
}

/** @param {ShadowRoot} root The look of the widget there, for a page without the widget; in the light. */
const look = root =>
  root.adoptedStyleSheets
    .flatMap(sheet => [...sheet.cssRules])
    .map(rule => rule.cssText.replaceAll(':host {', ':root {'))
    .join('\n')

/** @param {HTMLElement} copy @param {ShadowRoot} root @param {string} title @param {string} lang Hands the page to the visitor as a file. */
export function download(copy, root, title, lang) {
  const page = element('html', {lang}, element('meta', {charset: 'utf-8'}), element('title', {}, title), element('style', {}, look(root)), copy)
  const href = URL.createObjectURL(new Blob([`<!doctype html>${page.outerHTML}`], {type: 'text/html'}))
  element('a', {href, download: `${title}.html`}).click()
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}

/**
 * Prints the page alone, without the site around the widget.
 *
 * @param {HTMLElement} copy
 * @param {ShadowRoot} root
 * @param {HTMLElement} beside Where the frame may stand meanwhile.
 */
export function print(copy, root, beside) {
  const frame = element('iframe', {class: 'spoken', 'aria-hidden': 'true', tabindex: '-1'})
  frame.addEventListener(
    'load',
    () => {
      const page = /** @type {Window & typeof globalThis} */ (frame.contentWindow)
      // A sheet belongs to the document that made it.
      const sheet = new page.CSSStyleSheet()
      sheet.replaceSync(look(root))
      page.document.adoptedStyleSheets = [sheet]
      page.document.body.append(copy)
      page.addEventListener('afterprint', () => setTimeout(() => frame.remove()))
      page.print()
    },
    {once: true},
  )
  beside.append(frame)
}
