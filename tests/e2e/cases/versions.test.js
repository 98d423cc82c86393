import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { answer, answered, ask, connect, conversation } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }
/** What was typed this long before a power cut must be there afterwards. */
const KEPT_AFTER = 600
const asked = (app) => app.get('log', 'Conversation').get('article', 'You')

story('several answers at once are versions, and an edit keeps what was', { demo }, async (app) => {
  await connect(app)
  await app.get('button', 'All options').click()
  const drawer = app.get('dialog', 'All options')
  await drawer.get('textbox', 'How many answers, n').fill('3')
  await app.press('Escape')
  await drawer.vanish()
  await ask(app, 'Name a river.', 'choices')
  await answered(app)
  await answer(app).says('1 of 3')
  await answer(app).get('button', 'Next version').click()
  await answer(app).says('2 of 3')
  await app.shot('versions-answers')
  assert.deepEqual(await app.axe(), [])

  await asked(app).at(-1).get('button', 'Edit').click()
  const edited = asked(app).at(-1)
  await edited.get('textbox', 'Edit').fill('Name a lake.')
  await pause(KEPT_AFTER)
  await app.kill9()
  await app.open()
  await conversation(app).at(0).click()
  assert.equal(await edited.get('textbox', 'Edit').value(), 'Name a lake.')
  await edited.get('button', 'Send').click()
  await answered(app)
  await asked(app).at(-1).says('2 of 2')
  await asked(app).at(-1).get('button', 'Previous version').click()
  await asked(app).at(-1).says('Name a river.')
  await answer(app).says('of 3')
})

story('a branch is a conversation of its own', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Name a river.', 'echo')
  await answered(app)
  await ask(app, 'And a lake.')
  await answered(app)
  await answer(app).get('button', 'Branch from here').click()
  await app
    .get('list', 'Conversations')
    .get('button', /^Name a river.*\(branch\)/)
    .appear()
  await ask(app, 'Only here.')
  await answered(app)
  await app
    .get('list', 'Conversations')
    .get('button', /^Name a river(?!.*\(branch\))/)
    .click()
  await answer(app).says('And a lake.')
})
