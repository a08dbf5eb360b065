/* The snippet page: what is chosen shows in the widget on the page itself, and in the text to copy. */
import {BRANDS} from './brands.js'

/** @template {HTMLElement} T @param {string} id @returns {T} */
const byId = id => /** @type {T} */ (document.getElementById(id))

const form = /** @type {HTMLFormElement} */ (byId('keuzes'))
const tag = /** @type {HTMLElement} */ (byId('tag'))
const look = /** @type {HTMLElement} */ (byId('look'))
const told = /** @type {HTMLElement} */ (byId('gekopieerd'))
const contrast = /** @type {HTMLElement} */ (byId('contrast'))

/** @param {string} colour `#rrggbb` @returns {number} Relative luminance, as WCAG 2 defines it. */
function luminance(colour) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map(at => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** @param {string} one @param {string} other */
function contrastOf(one, other) {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** @param {string} text */
const escaped = text => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;')

/** The widget anew: some of its attributes count from the start. */
function show() {
  const chosen = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]))
  const brand = BRANDS[chosen.region ?? '']?.colours ?? {}
  const {accent = '#0b5563'} = chosen
  const own = accent !== brand.accent
  const on = contrastOf(accent, '#ffffff') >= contrastOf(accent, '#000000') ? '#ffffff' : '#000000'
  const colours = own ? {accent, 'on-accent': on, ...(contrastOf(accent, '#ffffff') >= 4.5 ? {link: accent} : {})} : brand
  contrast.textContent = contrastOf(accent, on) < 4.5 || contrastOf(accent, '#ffffff') < 3 ? 'Deze kleur valt weinig op. Kies een donkerdere kleur.' : ''
  const attributes = {
    region: chosen.region,
    locale: chosen.locale === 'en' ? 'en' : '',
    position: chosen.position === 'left' ? 'left' : '',
    theme: chosen.theme === 'light' ? 'light' : '',
    label: chosen.label?.trim() ?? '',
  }
  const old = document.querySelector('loket-gids')
  const preview = /** @type {HTMLElement} */ (document.createElement('loket-gids'))
  const written = Object.entries(attributes).filter(([, value]) => value)
  for (const [name, value] of written) preview.setAttribute(name, value ?? '')
  for (const [name, value] of Object.entries(colours)) preview.style.setProperty(`--loket-${name}`, value)
  old?.replaceWith(preview)
  const spaced = written.map(([name, value]) => ` ${name}="${escaped(value ?? '')}"`).join('')
  tag.textContent = `<script type="module" src="${location.origin}/widget.js"></script>\n<loket-gids${spaced}>\n  <p>Vragen over werken in het onderwijs? Bel het loket.</p>\n</loket-gids>`
  look.textContent = `loket-gids {\n${Object.entries(colours).map(([name, value]) => `  --loket-${name}: ${value};\n`).join('')}}`
}

form.addEventListener('input', event => {
  const {name, value} = /** @type {HTMLInputElement} */ (event.target)
  const brand = name === 'region' ? BRANDS[value] : undefined
  if (brand) /** @type {HTMLInputElement} */ (form.elements.namedItem('accent')).value = brand.colours.accent ?? ''
  show()
})
form.addEventListener('submit', event => event.preventDefault())
for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', async () => {
    const text = byId(button.getAttribute('data-copy') ?? '')
    try {
      await navigator.clipboard.writeText(text.textContent ?? '')
      told.textContent = 'Gekopieerd.'
    } catch {
      getSelection()?.selectAllChildren(text)
      told.textContent = 'Kopiëren mag hier niet vanzelf. De tekst is geselecteerd: druk op Ctrl+C.'
    }
  })
}
show()
