/*
 * Served as /widget.js, one folder above the modules: the one file that a page loads.
 * Registering the tag is its one side effect; the conversation itself is loaded when a visitor opens it.
 */
import {LoketGidsElement} from './widget/loket-gids.js'

if (!customElements.get('loket-gids')) customElements.define('loket-gids', LoketGidsElement)
