import assert from 'node:assert/strict'
import {
  answer,
  answered,
  ask,
  asked,
  choose,
  chooseModel,
  connect,
  lastAsked as last,
} from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }
/** About 270 tokens. */
const LONG = 'Which of all the rivers that rise in the hills is the longest one, and why? '.repeat(14).trim()

story(
  'every option within reach: by keyboard, as chips, and only what was changed is sent',
  { demo },
  async (app) => {
    await connect(app)
    await ask(app, 'Hello', 'plain')
    await answered(app)
    assert.deepEqual(
      Object.keys(await last(app)).toSorted(),
      ['messages', 'model', 'stream', 'stream_options'],
      'nothing was changed, so no option is sent',
    )
    await app.get('button', 'All options').click()
    const drawer = app.get('dialog', 'All options')
    await drawer.appear()
    assert.equal((await app.focus()).name, 'Surprise, temperature', 'one can begin at once')
    for (const value of ['0.9', '0.8', '0.7']) {
      await app.press('ArrowLeft')
      await drawer.says(value)
    }
    await drawer.get('textbox', 'Longest answer, max_tokens').fill('2000')
    await drawer.says('2 changed. Only these are sent.')
    await drawer.get('textbox', 'How many answers, n').fill('129')
    await drawer.says('Between 1 and 128.')
    await drawer.get('textbox', 'How many answers, n').click()
    await app.press('Control+A', 'Delete')
    assert.deepEqual(await app.axe(), [], 'the drawer is open to everybody')
    await app.shot('options-drawer')
    await app.press('Escape')
    await drawer.vanish()
    assert.equal((await app.focus()).name, 'All options', 'the focus goes back')
    await app.get('combobox', 'Style').says('Surprise 0.7')
    await app.shot('options-chips')
    await ask(app, 'And now')
    await answered(app)
    const { temperature, max_tokens, n } = await last(app)
    assert.deepEqual({ temperature, max_tokens, n }, { temperature: 0.7, max_tokens: 2000, n: undefined })
    await app.get('button', 'Remove Longest answer: 2,000').click()
    await choose(app, 'Style', /^Precise/)
    await choose(app, 'Answer length', 'Short')
    await ask(app, 'And then')
    await answered(app)
    const body = await last(app)
    assert.deepEqual([body.temperature, body.max_tokens], [0.2, undefined], 'taken away, it is not sent')
    assert.match(body.messages[0].content, /^Answer briefly/, 'how long, in words')
  },
)

story(
  'options and instructions stay with their conversation, also before its first message',
  { demo },
  async (app) => {
    await connect(app)
    await chooseModel(app, 'plain')
    await choose(app, 'Style', /^Creative/)
    await app.get('button', 'Instructions').click()
    await app.get('textbox', 'Instructions').fill('Answer as a gardener.')
    await app.shot('instructions')
    await app.get('button', 'Save').click()
    await app.get('button', 'Instructions set').appear()
    await app.kill9()
    await app.open()
    await app.get('combobox', 'Style').says('Creative') // It outlives a kill.
    await ask(app, 'Hello')
    await answered(app)
    const body = await last(app)
    assert.equal(body.temperature, 1.2)
    assert.deepEqual(body.messages[0], { role: 'system', content: 'Answer as a gardener.' })
    await app.get('button', 'New chat').at(0).click()
    await app.get('combobox', 'Style').says('Balanced') // The next one begins anew.
  },
)

story('a refused temperature is left out, told and remembered', { demo }, async (app) => {
  await connect(app)
  await chooseModel(app, 'refuses-temperature')
  await choose(app, 'Style', /^Precise/)
  await ask(app, 'Hello')
  await answered(app)
  await answer(app).says('This model does not take Surprise (temperature) as set; sent without.')
  await app.shot('options-adapted')
  const before = (await asked(app)).length
  await ask(app, 'Again')
  await answered(app)
  const after = (await asked(app)).slice(before)
  assert.deepEqual(
    after.map((body) => body.temperature),
    [undefined],
    'asked once, without it',
  )
  await app.get('button', 'All options').click()
  const drawer = app.get('dialog', 'All options')
  await drawer.says('This model does not take it, so it is left out.')
  await drawer.get('button', 'Try it again').click()
  await app.press('Escape')
  await drawer.vanish()
  await ask(app, 'Once more')
  await answered(app)
  const tried = (await asked(app)).slice(before + 1)
  assert.deepEqual(
    tried.map((body) => body.temperature),
    [0.2, undefined],
    'and found out again',
  )
})

/** The line that stands where what is sent begins, somewhere above: walked down to, for only what is near is drawn. */
async function lineOf(app) {
  const line = app.get('complementary', 'What is sent')
  for (let step = 0; step < 90; step++) {
    await app.runAsync(scrollTo, (step % 30) * 300)
    if (!(await line.isThere())) continue
    await app.runAsync(centre)
    if (await line.isThere()) return line
  }
  return line
}

/** Run inside the page; what comes into view is drawn a moment later. */
function scrollTo(top, done) {
  document.querySelector('[role=log]').scrollTop = top
  setTimeout(done, 100)
}
function centre(done) {
  document.querySelector('.left-out')?.scrollIntoView({ block: 'center' })
  setTimeout(done, 100)
}

story('what is sent is told, and the older part can be summed up', { demo }, async (app) => {
  await connect(app)
  for (let at = 0; at < 7; at++) {
    await ask(app, LONG, at === 0 ? 'listed-window' : undefined)
    await answered(app)
  }
  await app.sees('of 14 messages, about 1,')
  const line = await lineOf(app)
  await line.says('Older messages are not sent: they don’t fit.')
  assert.deepEqual(await app.axe(), [])
  await app.shot('context-left-out')
  await line.get('button', 'Sum them up').click()
  await app.sees('A summary and the last')
  await lineOf(app)
  await line.get('disclosure', 'What is above is sent as a summary').click()
  await line.says('The river rises in the hills')
  await app.shot('context-summed')
  await ask(app, 'And now?')
  await answered(app)
  assert.match((await last(app)).messages[0].content, /^A summary of the conversation/)
  // Drawn anew it is folded again.
  await (await lineOf(app)).get('disclosure', 'What is above is sent as a summary').click()
  await line.get('button', 'Remove the summary').click()
  await app.sees('Last ')
  await (await lineOf(app)).says('Older messages are not sent')
})

story(
  'too long for a window that nobody lists: the oldest are left out with one press',
  { demo },
  async (app) => {
    await connect(app)
    await ask(app, LONG, 'small-window')
    for (let at = 0; at < 8; at++) {
      await answered(app)
      if (/too long/.test(await answer(app).text())) break
      await ask(app, LONG)
    }
    await answer(app).says('This conversation is too long for small-window.')
    await app.shot('context-too-long')
    await answer(app).get('button', 'Leave out the oldest').click()
    await answered(app)
    await answer(app).says('The river rises in the hills')
    await app.sees('of 2,048 tokens')
  },
)
