/*
 * All that is loaded when a visitor opens the conversation. It is served with the modules that it imports joined into
 * it: one request instead of eleven.
 */
export {ConversationClient} from './conversation-client.js'
export {ConversationPanel} from './panel.js'
