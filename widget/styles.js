/** The look of the conversation. Sizes are in em, so that it grows with the visitor's text. */
export const styles = new CSSStyleSheet()

styles.replaceSync(`
* { box-sizing: border-box }
p, ul, ol, h2, h3, h4, table, fieldset { margin: 0 }
button, input, textarea { font: inherit; color: inherit }
button, .option {
  display: inline-flex;
  align-items: center;
  gap: .5em;
  min-height: 2.75em;
  padding: .4em 1em;
  border: 1px solid var(--_link);
  border-radius: var(--_radius);
  background: var(--_surface);
  color: var(--_link);
  font-weight: 600;
  text-align: left;
  cursor: pointer;
}
button:hover, .option:hover { background: var(--_soft) }
.primary, .send { background: var(--_accent); border-color: var(--_accent); color: var(--_on-accent); width: fit-content }
:is(.primary, .send):hover { background: color-mix(in srgb, var(--_accent) 86%, #000) }
.quiet { border-color: transparent; background: none; padding: .3em .6em; text-decoration: underline; text-underline-offset: .2em }
a { color: var(--_link); text-underline-offset: .15em; overflow-wrap: anywhere }
small { font-size: .875em; color: var(--_muted) }
:focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; border-radius: .25em }
:is(input, textarea):focus-visible { outline-offset: -2px }
.spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }

.panel {
  position: fixed;
  z-index: var(--loket-z-index, 2147483000);
  inset: auto var(--loket-offset, 1.25rem) var(--loket-offset, 1.25rem) auto;
  width: min(27em, 100vw - 2.5rem);
  height: min(46em, 100dvh - 2.5rem);
  max-width: none;
  max-height: none;
  margin: 0;
  padding: 0;
  overflow: clip;
  flex-direction: column;
  border: 1px solid var(--_line);
  border-radius: 1.125em;
  background: var(--_surface);
  color: var(--_ink);
  box-shadow: 0 .25em .75em #0002, 0 1.5em 4em #0004;
}
@media (min-width: 30em) { :host([position="left"]) .panel { left: var(--loket-offset, 1.25rem); right: auto } }
.panel[open] { display: flex }
.panel::backdrop { background: #0006 }

header {
  flex: none;
  display: grid;
  grid-template-columns: 1fr auto;
  gap: .6em .5em;
  padding: .8em 1em;
  background: var(--_head);
  color: var(--_on-head);
}
header :focus-visible { outline-color: currentColor }
header h2 { font-size: 1.0625em; line-height: 1.25 }
header p { grid-column: 1 / -1; margin-top: -.6em; font-size: .875em }
.tools { display: flex; align-items: start; margin: -.35em -.6em 0 0 }
.tool {
  justify-content: center;
  min-width: 2.75em;
  padding: 0 .5em;
}
header button { border-color: transparent; background: none; color: inherit }
.tool[lang] { font-size: .875em; font-weight: 400; text-decoration: underline; text-underline-offset: .2em }
header button:hover { background: color-mix(in srgb, currentColor 16%, transparent) }
.ways { grid-column: 1 / -1; display: grid; grid-template-columns: auto auto; gap: .5em }
.ways button {
  justify-content: center;
  padding: .3em .6em;
  border-color: color-mix(in srgb, currentColor 60%, transparent);
  font-size: .875em;
  line-height: 1.2;
}

.talk { flex: 1; min-height: 0; display: flex; flex-direction: column }
.scroller { position: relative; flex: 1; min-height: 0; overflow: hidden auto; padding: 1em; scroll-padding: 1em; overscroll-behavior: contain }
.log { display: grid; gap: 1em; grid-template-columns: minmax(0, 1fr); border-radius: .5em }
.asked {
  justify-self: end;
  width: fit-content;
  max-width: 88%;
  margin-left: auto;
  padding: .55em .9em;
  border: 1px solid transparent;
  border-radius: 1.1em 1.1em .3em 1.1em;
  background: var(--_soft);
  overflow-wrap: anywhere;
  white-space: pre-wrap;
}
.pending:not(:empty) { padding-top: 1em }
.dots { display: flex; gap: .35em; padding: 1em .2em .4em }
.dots i { width: .5em; height: .5em; border: .25em solid var(--_accent); border-radius: 50% }
.reply { display: grid; gap: .75em; grid-template-columns: minmax(0, 1fr); overflow-wrap: anywhere }
.reply:focus { outline: none }
.reply:focus-visible { outline: 2px solid var(--_line); outline-offset: .4em }
.text { display: grid; gap: .6em }
ul, ol { padding-left: 1.3em }
li + li { margin-top: .25em }

.card { display: grid; gap: .6em; padding: .95em 1em; border: 1px solid var(--_line); border-radius: var(--_radius) }
.card h4 { font-size: 1.0625em; line-height: 1.3 }
.facts, .items, .reasons { list-style: none; padding: 0; display: grid; gap: .45em }
.facts li, .reasons li, .line { display: flex; gap: .5em; margin: 0; align-items: start }
.facts .icon, .reasons .icon, .line .icon { margin-top: .1em; color: var(--_link) }
:is(.facts, .quick):empty { display: none }
.facts span { flex: 1 }
.bar { display: block; width: 100%; margin: .3em 0; fill: var(--_link); background: var(--_soft) }
.bar path + path { fill-opacity: .4 }
.items li { display: grid; gap: .15em; margin: 0 }
.card a { display: inline-block }
.items li + li { padding-top: .6em; border-top: 1px solid var(--_line) }
.note { font-size: .875em; color: var(--_muted) }
.verdict {
  display: inline-flex;
  align-items: center;
  gap: .4em;
  width: fit-content;
  padding: .15em .8em .15em .55em;
  border: 1px solid currentColor;
  border-radius: 1.5em;
  font-size: .875em;
  font-weight: 600;
}
.fits { --_tone: var(--_good) }
.possible { --_tone: var(--_doubt) }
.does_not_fit { --_tone: var(--_bad) }
.ask_adviser { --_tone: var(--_link) }
.verdict { color: var(--_tone); background: color-mix(in srgb, var(--_tone) 8%, var(--_surface)) }
.route { border-left: .3em solid var(--_tone) }
.reason.yes .icon { color: var(--_good) }
.reason.no .icon { color: var(--_bad) }
summary { cursor: pointer; padding: .35em 0; color: var(--_link); font-weight: 600 }
details[open] > :not(summary) { margin-top: .35em }

table { overflow-wrap: break-word; hyphens: auto; width: 100%; border-collapse: collapse; text-align: left }
caption { padding-bottom: .4em; font-weight: 700; font-size: 1.0625em; text-align: left }
th, td { padding: .5em .6em .5em 0; border-top: 1px solid var(--_line); vertical-align: top }
thead :is(th, td) { border: 0; font-size: .875em; color: var(--_muted) }
tbody th { font-weight: 400 }
tfoot { font-weight: 700 }
th small, td small { display: block; font-weight: 400 }
.amount { font-variant-numeric: tabular-nums; white-space: nowrap }
.scroll { overflow: auto }
.comparison :is(td, thead th) { min-width: 8em; overflow-wrap: anywhere }
.comparison td { border: 0; padding-top: 0; white-space: pre-line }
.comparison tbody th { font-weight: 600; padding-bottom: .1em }
.comparison thead th { color: var(--_link) }

.cite {
  min-width: 1.8em;
  min-height: 1.8em;
  margin: 0 .2em;
  padding: 0 .35em;
  border-radius: .5em;
  font-size: .875em;
  justify-content: center;
  line-height: 1.4;
}
.cite[aria-expanded=true] { background: var(--_accent); color: var(--_on-accent) }
.source { display: grid; gap: .25em; margin: .5em 0; padding: .7em .9em; border-left: .2em solid var(--_accent); background: var(--_soft); font-size: .9375em; font-weight: 400 }
.source q { font-style: italic }

.answers, .options, .quick { display: flex; flex-wrap: wrap; gap: .5em }
form.answers { flex-direction: column }
.quick { margin-top: 1em }
.quick button { border-radius: 1.5em }
.card .unknown { border-color: var(--_line); color: var(--_muted) }
/* The second tap of a double one lands on the question that came meanwhile. */
.option { animation: settle .5s }
@keyframes settle { from, to { pointer-events: none } }
.option:has(:checked) { background: var(--_soft); outline: 1px solid var(--_link) }
.row { display: flex; flex-wrap: wrap; gap: .5em; align-items: center }
.rating { display: flex; flex-wrap: wrap; gap: .25em; align-items: center; font-size: .875em; color: var(--_muted) }
input[type=checkbox], input[type=radio] { flex: none; width: 1.35em; height: 1.35em; margin: .1em 0 0; accent-color: var(--_accent) }
:is(input:not([type=checkbox], [type=radio]), textarea) {
  width: 100%;
  min-height: 2.75em;
  padding: .55em .8em;
  border: 1px solid var(--_muted);
  border-radius: var(--_radius);
  background: var(--_surface);
}
[aria-invalid=true] { border-color: var(--_bad); box-shadow: 0 0 0 1px var(--_bad) }
.wrong { color: var(--_bad); font-weight: 600 }
.wrong:empty { display: none }

.rows { display: grid; gap: .5em }
.items > li > .row { margin-left: -.6em }
.rating > :is(.row, span) { flex-basis: 100% }
.rating form { flex-wrap: nowrap }
.rating input { flex: 1; min-width: 0 }
.offline:not(:empty) { padding: .6em 1em; border-top: 1px solid var(--_line); background: var(--_soft); font-size: .9375em }
.live { display: grid; gap: .4em; padding: .7em 1em; border-top: 1px solid var(--_line); background: var(--_soft); font-size: .9375em }
.live > :empty { display: none }
.person { justify-self: start; max-width: 88%; padding: .55em .9em; border: 1px solid var(--_line); border-radius: 1.1em 1.1em 1.1em .3em; white-space: pre-line }
.alert:not(:empty) { display: grid; gap: .5em; padding: .8em 1em; border-top: 1px solid var(--_line); background: var(--_soft) }
.composer { display: grid; grid-template-columns: 1fr auto; gap: .4em .5em; padding: .75em 1em .8em; border-top: 1px solid var(--_line); align-items: end }
.composer small { grid-column: 1 / -1 }
.composer textarea { field-sizing: content; max-height: 8em; border-radius: 1.4em; padding-inline: 1.1em; resize: none }
.composer ::placeholder { color: var(--_muted); opacity: 1 }
.send { justify-content: center; width: 2.75em; padding: 0; border-radius: 50% }
.busy .send { opacity: .6; cursor: progress }

.sheet { position: relative; flex: 1; min-height: 0; overflow: hidden auto; padding: 1em; display: grid; gap: 1em; align-content: start }
.sheet > .quiet { justify-self: start; margin: -.4em 0 -.4em -.6em }
.sheet h3 { font-size: 1.25em; line-height: 1.3 }
.field, fieldset { display: grid; gap: .35em; min-width: 0; padding: 0; border: 0 }
.field > label, legend { font-weight: 600; padding: 0 }
legend { margin-bottom: .35em }
.check { display: flex; gap: .6em; padding: .35em 0; font-weight: 400 !important; align-items: start }
.consent { display: grid; gap: .5em; padding: .9em 1em; border-radius: var(--_radius); background: var(--_soft); font-size: .9375em }
.wrong-list:not(:empty) { padding: .8em 1em; border: 2px solid var(--_bad); border-radius: var(--_radius) }
.wrong-list p { font-weight: 700 }
.done { display: flex; gap: .5em; font-weight: 600 }

.copy { max-width: 42em; margin: 2em auto; padding: 0 1em }
.copy h1 { margin: 0; font-size: 1.5em }

@media (max-width: 30em), (max-height: 26em) {
  .panel { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0 }
  .ways .icon { display: none }
}
@media (max-height: 32em) {
  .panel, .panel[open], .talk { display: block; overflow: auto }
  .talk, .scroller, .sheet { overflow: visible }
}
@media (forced-colors: active) {
  .dots i, .route { border-color: CanvasText }
  .bar { fill: CanvasText; border-bottom: 1px solid }
  .option:has(:checked) { outline: 3px solid Highlight }
}
@media (prefers-reduced-motion: no-preference) {
  .panel[open] { animation: rise .2s ease-out }
  .dots i { animation: beat 1.2s infinite }
  .dots i:nth-child(2) { animation-delay: .15s }
  .dots i:nth-child(3) { animation-delay: .3s }
}
@keyframes rise { from { opacity: 0; transform: translateY(1em) } }
@keyframes beat { 50% { opacity: .25 } }
@media print {
  .panel[open], .talk { position: static; display: block; width: auto; height: auto; overflow: visible; box-shadow: none }
  .tools, .ways, .composer, .quick, .answers, .rating, .alert { display: none }
  .scroller { overflow: visible }
  .card { break-inside: avoid }
}
`)
