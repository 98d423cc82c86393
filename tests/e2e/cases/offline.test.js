import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { answer, answered, ask, connect, conversation } from '../harness/steps.js'
import { story } from '../harness/story.js'

/** By now a draft is written down, also on a busy machine. */
const WRITTEN_DOWN = 2000

story('everything is there without a network, and sends when it is back', { demo: {} }, async (app) => {
  await connect(app)
  await ask(app, 'What is a harbour?', 'plain')
  await answered(app)
  const said = await answer(app).text()
  await app.quit()

  await app.demo.unplug()
  await app.open()
  await conversation(app).at(0).click()
  assert.equal(await answer(app).text(), said, 'the conversation can be read without a network')
  await app.get('textbox', 'Message').fill('And a lighthouse?')
  await app.get('button', 'Send').click()
  await app.get('log', 'Conversation').says(/cannot be reached/, 60)
  await app.get('log', 'Conversation').get('article', 'You').at(-1).says('And a lighthouse?')

  await app.demo.plugIn()
  await app.get('log', 'Conversation').get('button', 'Try again').at(-1).click()
  await answered(app)
  assert.ok((await answer(app).text()).length > 0, 'the question goes out when the network is back')
})

story('a draft outlives a restart', { demo: {} }, async (app) => {
  await connect(app)
  await app.get('textbox', 'Message').fill('Half a thought about')
  await pause(WRITTEN_DOWN)
  await app.restart()
  assert.equal(
    await app.get('textbox', 'Message').value(),
    'Half a thought about',
    'what was typed is still there',
  )
})
