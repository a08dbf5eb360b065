/**
 * Builds one element. Texts become text nodes, so nothing from a server is ever parsed as HTML.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} [attributes] A function under `onclick` listens; false, null and '' are left out.
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.slice(2), /** @type {EventListener} */ (value))
    else if (value || value === 0) node.setAttribute(name, value === true ? '' : String(value))
  }
  node.append(...children.filter(child => child !== null && child !== undefined && child !== false))
  return node
}

/** @param {string} text Heard, not seen. */
export const spoken = text => element('span', {class: 'spoken'}, text)

/**
 * A link, or its text alone if the address is not of a kind that a visitor may follow.
 *
 * @param {string | null} address
 * @param {string} newTab The words for "opens in a new tab".
 * @param {...(Node | string)} children
 */
export function link(address, newTab, ...children) {
  if (!address || !/^(https?:\/\/|mailto:|tel:)/i.test(address)) return element('span', {}, ...children)
  if (!/^http/i.test(address)) return element('a', {href: address}, ...children)
  return element('a', {href: address, target: '_blank', rel: 'noopener noreferrer'}, ...children, spoken(newTab && ` (${newTab})`))
}

/** Line drawings on a grid of 24, each one path. */
const PATHS = {
  chat: 'M4 5h16v11H9l-5 4z M8 9h8 M8 12h5',
  close: 'M6 6l12 12 M18 6L6 18',
  restart: 'M5 12a7 7 0 1 0 2-5 M5 4v4h4',
  menu: 'M5 7h14 M5 12h14 M5 17h14',
  save: 'M12 4v11 M7 10l5 5 5-5 M5 20h14',
  print: 'M7 9V4h10v5 M7 17H4v-8h16v8h-3 M7 14h10v6H7z',
  send: 'M12 19V5 M6 11l6-6 6 6',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8z M4 20c1-4 4-5 8-5s7 1 8 5',
  list: 'M9 6h11 M9 12h11 M9 18h11 M4 6l1 1 1-2 M4 12l1 1 1-2 M4 18l1 1 1-2',
  yes: 'M5 13l4 4L19 7',
  no: 'M7 7l10 10 M17 7L7 17',
  open: 'M9 9a3 3 0 1 1 4 3c-1 .4-1 1-1 2 M12 18v.1',
  clock: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16z M12 8v4l3 2',
  next: 'M5 12h14 M13 6l6 6-6 6',
  back: 'M19 12H5 M11 6l-6 6 6 6',
  pin: 'M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11z M12 8v4',
  mail: 'M4 6h16v12H4z M4 7l8 6 8-6',
  phone: 'M6 4h4l1 5-2 1c1 2 3 4 5 5l1-2 5 1v4c-8 1-15-6-14-14z',
  globe: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16z M4 12h16 M12 4c-5 5-5 11 0 16 M12 4c5 5 5 11 0 16',
  day: 'M5 6h14v14H5z M5 10h14 M9 4v4 M15 4v4',
}

/**
 * @typedef {keyof typeof PATHS} IconName
 * @param {IconName} name
 * @returns {SVGSVGElement} For the eye alone: the words stand beside it.
 */
export const icon = name => drawing('icon', '0 0 24 24', PATHS[name])

/**
 * @param {string} kind Its class.
 * @param {string} viewBox
 * @param {...string} paths
 */
export function drawing(kind, viewBox, ...paths) {
  const made = (/** @type {'svg' | 'path'} */ tag, /** @type {Record<string, string>} */ attributes) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', tag)
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
    return node
  }
  const svg = made('svg', {viewBox, class: kind, 'aria-hidden': 'true'})
  svg.append(...paths.map(d => made('path', {d})))
  return /** @type {SVGSVGElement} */ (svg)
}
