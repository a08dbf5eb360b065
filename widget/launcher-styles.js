/*
 * The look of the button, and the colours that the conversation shares with it. A host page may set each `--loket-*`
 * property; without it, tokens of the NL Design System (Utrecht) hold if the page has them.
 */
export const launcherStyles = new CSSStyleSheet()

launcherStyles.replaceSync(`
:host {
  --_accent: var(--loket-accent, var(--utrecht-button-primary-action-background-color, #0b5563));
  --_on-accent: var(--loket-on-accent, var(--utrecht-button-primary-action-color, #fff));
  --_head: var(--_accent);
  --_on-head: var(--_on-accent);
  --_link: var(--loket-link, var(--utrecht-link-color, #0b5563));
  --_surface: var(--loket-surface, var(--utrecht-document-background-color, #fff));
  --_ink: var(--loket-ink, var(--utrecht-document-color, #1b2b2f));
  --_focus: var(--loket-focus, var(--utrecht-focus-outline-color, #1b2b2f));
  --_radius: var(--loket-radius, var(--utrecht-button-border-radius, .75em));
  --_soft: color-mix(in srgb, var(--_accent) 9%, var(--_surface));
  --_line: color-mix(in srgb, var(--_ink) 18%, var(--_surface));
  --_good: #13692f;
  --_bad: #9c2b1f;
  --_doubt: #7a4d00;
  --_muted: color-mix(in srgb, var(--_ink) 78%, var(--_surface));
  font: 400 var(--loket-font-size, max(1rem, 16px))/1.5 var(--loket-font, var(--utrecht-document-font-family, system-ui, sans-serif));
  color: var(--_ink);
}
@media (prefers-color-scheme: dark) {
  :host(:not([theme="light"])) {
    color-scheme: dark;
    --_accent: var(--loket-accent-dark, #8fd3dd);
    --_on-accent: var(--loket-on-accent-dark, #0b2329);
    --_head: color-mix(in srgb, var(--_accent) 22%, var(--_surface));
    --_on-head: var(--_ink);
    --_link: var(--loket-link-dark, #9adbe4);
    --_surface: var(--loket-surface-dark, #16242a);
    --_ink: var(--loket-ink-dark, #edf3f4);
    --_focus: var(--loket-focus-dark, #ffd27a);
    --_good: #86dba0;
    --_bad: #ffab9f;
    --_doubt: #f3c577;
  }
}
[hidden] { display: none !important }
.icon {
  flex: none;
  width: 1.35em;
  height: 1.35em;
  fill: none;
  stroke: currentColor;
  stroke-width: 1.9;
  stroke-linecap: round;
  stroke-linejoin: round;
}
.launcher {
  position: fixed;
  z-index: var(--loket-z-index, 2147483000);
  inset: auto var(--loket-offset, 1.25rem) var(--loket-offset, 1.25rem) auto;
  display: flex;
  align-items: center;
  gap: .6em;
  max-width: calc(100vw - 2.5rem);
  min-height: 3.25em;
  padding: .5em 1.35em .5em 1.1em;
  border: 2px solid transparent;
  border-radius: 2em;
  background: var(--_accent);
  color: var(--_on-accent);
  font: inherit;
  font-weight: 600;
  cursor: pointer;
  box-shadow: 0 .1em .3em #0003, 0 .6em 1.6em #0003;
}
:host([position="left"]) .launcher { inset: auto auto var(--loket-offset, 1.25rem) var(--loket-offset, 1.25rem) }
.launcher:hover { background: color-mix(in srgb, var(--_accent) 86%, #000) }
.launcher:focus-visible { outline: 3px solid var(--_focus); outline-offset: 3px }
.launcher[aria-busy] { cursor: progress }
.fallback:not(:empty) {
  position: fixed;
  z-index: var(--loket-z-index, 2147483000);
  inset: auto 1.25rem 6rem auto;
  max-width: min(22em, calc(100vw - 5rem));
  padding: 1em;
  border: 1px solid var(--_line);
  border-radius: var(--_radius);
  background: var(--_surface);
  box-shadow: 0 .6em 1.6em #0003;
}
@media (prefers-reduced-motion: no-preference) {
  .launcher { transition: background .15s, transform .15s }
  .launcher:hover { transform: translateY(-2px) }
}
@media print { .launcher { display: none } }
`)
