import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { answered, askSeveral, connect, conversation } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }
const SLOW = ['slow', 'slow-2', 'slow-3', 'slow-4']
const STEADY = ['steady', 'steady-2', 'steady-3', 'steady-4']
/** What was received this long before a power cut must be there afterwards. */
const KEPT_AFTER = 250

async function send(app, words) {
  await app.get('textbox', 'Message').fill(words)
  await app.get('button', 'Send').click()
  await group(app).appear()
}

const group = (app) => app.get('group', 'Answers side by side')
const column = (app, model) => group(app).get('article', model)
const words = (app, model) => column(app, model).get('paragraph').at(0)

story('four models at once, and one to go on with', { demo }, async (app) => {
  await connect(app)
  await askSeveral(app, SLOW)
  await app.restart()
  const asked = app.get('list', 'Models asked')
  await asked.get('listitem').at(3).appear()
  assert.equal(await asked.get('listitem').count(), 4, 'the desk says whom it asks')
  await app.shot('several-desk-light')
  await send(app, 'Name a river.')
  for (const model of SLOW) await words(app, model).says(/\w+ \w+/)
  assert.equal(await group(app).get('button', 'Stop').count(), 4, 'all four are written at once')
  await column(app, 'slow-2').get('button', 'Stop').click()
  await column(app, 'slow-2').says('Stopped.')
  assert.ok(await column(app, 'slow').get('button', 'Stop').isThere(), 'the others go on')
  await app.shot('several-streaming-light')
  assert.deepEqual(await app.axe(), [], 'open to everybody while they are written')
  await answered(app, 90)
  await app.shot('several-light')
  await app.resize(820, 640)
  await app.shot('several-820-light')
  assert.deepEqual(await app.axe(), [], 'and afterwards, in a narrow window')
  await app.resize(1280, 800)

  const before = await words(app, 'slow-2').text()
  await column(app, 'slow-2').get('button', 'Try again').click()
  await column(app, 'slow-2').get('button', 'Stop').appear()
  await answered(app, 60)
  assert.ok((await words(app, 'slow-2').text()).length > before.length, 'one is tried again in its place')

  await column(app, 'slow-3').get('button', 'Go on with this').click()
  await group(app).vanish()
  await app.get('article', 'slow-3').says('3 of 5')
  await app.restart()
  await conversation(app).at(0).click()
  await app.get('article', 'slow-3').says('3 of 5')
  await app.get('button', 'Show side by side').click()
  await group(app).appear()
  await group(app).says('Your next message goes on with the answer of slow-3.')
  assert.equal(await group(app).get('article', /^slow/).count(), 4)
})

story('killed while four answers are written, and nothing is lost', { demo }, async (app) => {
  await connect(app)
  await askSeveral(app, SLOW)
  await send(app, 'Name a river.')
  const seen = {}
  for (const model of SLOW) await words(app, model).says(/\w+ \w+ \w+/)
  for (const model of SLOW) seen[model] = await words(app, model).text()
  await pause(KEPT_AFTER)
  await app.kill9()
  await app.open()
  await conversation(app).at(0).click()
  await group(app).appear()
  for (const model of SLOW) {
    await column(app, model).says('Medley was closed in the middle of this answer.')
    const kept = await words(app, model).text()
    assert.ok(kept.startsWith(seen[model]), `"${seen[model]}" is kept, afterwards "${kept}"`)
  }
})

story('four quick models leave the window usable', { demo }, async (app) => {
  await connect(app)
  await askSeveral(app, STEADY)
  await send(app, 'Write at length.')
  for (const model of STEADY) await words(app, model).says(/\w+/)
  await pause(4000)
  const asked = Date.now()
  await app.get('textbox', 'Message').fill('One can type meanwhile')
  assert.equal(await app.get('textbox', 'Message').value(), 'One can type meanwhile')
  assert.ok(Date.now() - asked < 8000, `typing took ${Date.now() - asked} ms`)
  const end = await app.run(() => {
    const log = document.querySelector('[role=log]')
    return log.scrollHeight - log.scrollTop - log.clientHeight
  })
  assert.ok(end < 400, `the view follows the end, and is ${end} pixels away`)
  await app.get('button', 'Stop all').click()
  await answered(app, 30)
})
