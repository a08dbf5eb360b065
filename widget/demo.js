/* The questions on the demo page: each opens the conversation and asks itself. */

/** @import {LoketGidsElement} from './loket-gids.js' */

const loket = /** @type {LoketGidsElement | null} */ (document.querySelector('loket-gids'))

for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', () => void loket?.ask(button.getAttribute('data-ask') ?? ''))
}
