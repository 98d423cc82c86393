import assert from 'node:assert/strict'
import { answer, answered } from '../harness/steps.js'
import { story } from '../harness/story.js'

story('everything by keyboard alone', {}, async (app) => {
  await app.get('dialog', 'Welcome').appear()
  await tabTo(app, 'Try it without a key')
  await app.press('Enter')
  await app.get('dialog', 'Welcome').vanish()

  await tabTo(app, 'Message')
  await app.type('How do I grow tomatoes on a balcony?')
  await app.press('Enter')
  await answered(app, 60)
  assert.ok((await answer(app).text()).length > 0, 'Enter sends')

  await app.press('Control+K')
  await app.get('dialog', 'Go to').appear()
  await app.type('Settings')
  await app.press('Enter')
  await app.get('list', 'Settings').appear()
  await app.press('Control+1')
  await app.get('log', 'Conversation').appear()

  await tabTo(app, 'Copy')
  await app.press('Enter')
  await tabTo(app, 'Message')
})

/** Presses Tab until this has the focus, as somebody would who cannot use a mouse. */
async function tabTo(app, name) {
  const passed = []
  for (let step = 0; step < 80; step++) {
    const focus = await app.focus()
    if (focus?.name === name) return
    passed.push(focus?.name)
    await app.press('Tab')
  }
  assert.fail(`Tab never reaches "${name}"; it passed ${[...new Set(passed)].join(', ')}`)
}
