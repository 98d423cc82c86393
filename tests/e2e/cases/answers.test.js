import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { answer, answered, ask, connect } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }

story('an answer streams, is stopped, and keeps its text', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Tell me slowly', 'slow')
  const first = await answer(app).says(/\w+ \w+ \w+/)
  await app.get('button', 'Stop').click()
  await answered(app)
  const kept = await answer(app).text()
  assert.ok(kept.length >= first.length, 'stopping keeps what came')
  await pause(1000)
  assert.equal(await answer(app).text(), kept, 'nothing comes after a stop')
  const dropped = await app.demo.dropped()
  assert.equal(dropped.at(-1)?.model, 'slow', 'the service sees the connection go')
})

story('a cut answer keeps its text, says so, and goes on', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Tell me', 'cut')
  await answer(app).says('The connection broke in the middle.')
  await answer(app).says('What came is kept.')
  const before = await app.demo.requests()
  await answer(app).get('button', 'Continue').at(0).click()
  await answered(app)
  const after = (await app.demo.requests()).slice(before.length)
  assert.equal(after.length, 1, 'going on asks once')
  const last = after[0].body.messages.filter(({ role }) => role === 'assistant').at(-1)
  assert.ok(last?.content.length > 0, 'what came goes along, so that the model can go on from there')
})

story('too many questions: the wait is counted down', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Hello', 'rate-limited')
  const log = app.get('log', 'Conversation')
  const seconds = async () => Number(/again in (\d+)/.exec(await log.says(/again in \d+/))[1])
  const first = await seconds()
  assert.ok(first > 0 && first <= 30, `the service said 30 s, the window says ${first}`)
  await log.says(new RegExp(`again in ${first - 2} `))
})

story('once too many, and it asks again by itself', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Hello', 'rate-limited-once')
  await answered(app, 40)
  assert.ok((await answer(app).text()).length > 0, 'the second time the service answers')
})

story('a tour of everything that an answer can hold', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Show me', 'markdown-tour')
  await answered(app)
  const shown = answer(app)
  for (const role of ['heading', 'table', 'list', 'link', 'checkbox', 'math']) {
    assert.ok((await shown.get(role).count()) > 0, `${role} is in the answer for a screen reader`)
  }
  await shown.get('button', 'Copy code').at(0).click()
  // What says so changes back while axe looks: it is waited for.
  await shown.get('button', 'Copied').appear()
  await shown.get('button', 'Copied').vanish()
  assert.deepEqual(await app.axe(), [], 'an answer must be open to everybody')
  await ask(app, 'And now think', 'reasoning-field')
  await answered(app)
  await answer(app).says('The river rises in the hills')
  assert.equal(await answer(app).get('paragraph').count(), 1, 'thoughts are folded once the answer is there')
  await answer(app)
    .get('disclosure', /^Thoughts/)
    .at(0)
    .click()
  await answer(app).get('paragraph').at(1).appear()
})
