import {element, link} from './element.js'

const TOKEN = /<(\/?)([a-z0-9]+)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--[^]*?-->|([^<]+)|</gi
const ALLOWED = /^(p|ul|ol|li|strong|em)$/
const ENTITIES = /** @type {Record<string, string>} */ ({amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0'})

/** @param {string} text */
const decoded = text =>
  text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole
    const code = hex ? parseInt(hex, 16) : Number(decimal)
    return code && code < 0x110000 ? String.fromCodePoint(code) : ''
  })

/**
 * Reads the few tags that a reply may hold. Every other tag is dropped and its text kept: what is built here are
 * elements from a list and text nodes, never parsed HTML, so it also works where a page demands Trusted Types.
 *
 * @param {string} html
 * @param {string} newTab The words for "opens in a new tab".
 * @param {(n: number) => Node | null} cite The mark for `<sup data-citation>`.
 * @returns {DocumentFragment}
 */
export function richText(html, newTab, cite) {
  const root = document.createDocumentFragment()
  /** @type {{tag: string, node: Node}[]} */
  const open = []
  const add = (/** @type {Node} */ node) => (open.at(-1)?.node ?? root).appendChild(node)
  for (const [whole, slash, name = '', attributes = '', text] of html.matchAll(TOKEN)) {
    const tag = name.toLowerCase()
    if (text !== undefined || whole === '<') {
      if (open.at(-1)?.tag !== 'sup') add(document.createTextNode(decoded(text ?? '<')))
    } else if (slash) {
      const at = open.findLastIndex(entry => entry.tag === tag)
      if (at >= 0) open.length = at
    } else if (tag === 'br') {
      add(element('br'))
    } else if (tag === 'sup') {
      const mark = cite(Number(/data-citation=["']?(\d+)/.exec(attributes)?.[1]))
      if (mark) add(mark)
      // The number between the tags is that of the mark, so it is not shown twice.
      open.push({tag, node: document.createDocumentFragment()})
    } else if (tag === 'a') {
      const address = decoded(/href=(?:"([^"]*)"|'([^']*)')/i.exec(attributes)?.slice(1).join('') ?? '')
      const node = link(address, newTab)
      // The text comes before the note for screen readers that `link` put there.
      const words = node.insertBefore(element('span'), node.firstChild)
      add(node)
      open.push({tag, node: words})
    } else if (ALLOWED.test(tag)) {
      open.push({tag, node: add(document.createElement(tag))})
    }
  }
  return root
}
