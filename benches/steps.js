// Going to the long conversation and away again: the newest of the list is the long one, see crates/store/src/fill.

import { conversation } from '../tests/e2e/harness/steps.js'

export { ask, connect } from '../tests/e2e/harness/steps.js'

export async function openLongConversation(app) {
  await conversation(app).at(0).click()
  await app.get('log', 'Conversation').get('article').at(-1).appear()
}

export async function openShortConversation(app) {
  await conversation(app).at(1).click()
  await app.get('log', 'Conversation').get('article').at(-1).appear()
}
