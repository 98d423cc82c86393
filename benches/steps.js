// Going to the long conversation and away again: crates/store/examples/fill.rs names it and puts it on top.

import { conversation } from '../tests/e2e/harness/steps.js'

export { askSeveral, chooseModel, connect, conversation } from '../tests/e2e/harness/steps.js'

export const LONG = 'The long one'

export async function openLongConversation(app) {
  await conversation(app, LONG).click()
  await app.get('heading', LONG).appear()
  await app.get('log', 'Conversation').get('article').at(-1).appear()
}

export async function openShortConversation(app) {
  await conversation(app).at(1).click()
  await app.get('heading', LONG).vanish()
  await app.get('log', 'Conversation').get('article').at(-1).appear()
}
