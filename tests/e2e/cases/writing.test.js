import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { chooseModel, connect, conversation } from '../harness/steps.js'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

/** What the demo's text models add to any text. */
const ADDED = ' The river rises in the hills, crosses the plain and reaches the sea.'
/** What was received this long before a power cut must be there afterwards. */
const KEPT_AFTER = 400

const box = (app) => app.get('textbox', 'Your text')
const button = (app, name) => app.get('button', name)

/** From the first screen to an empty sheet and the model that is to go on. */
async function begin(app, model) {
  await connect(app)
  await button(app, 'Continue my text').click()
  await box(app).appear()
  await chooseModel(app, model)
}

/** Waits until the sheet holds exactly these words. */
async function holds(app, words, seconds = 20) {
  const deadline = Date.now() + seconds * 1000
  for (;;) {
    const value = await box(app).value()
    if (value === words) return
    assert.ok(Date.now() < deadline, `the sheet holds "${value}", not "${words}"`)
    await pause(50)
  }
}

async function came(app, part) {
  const deadline = Date.now() + 20_000
  while (!(await box(app).value()).includes(part)) {
    assert.ok(Date.now() < deadline, `"${part}" never came`)
    await pause(20)
  }
}

/** The body of the newest request that had a text continued. */
async function lastAsked(app) {
  const all = await app.demo.requests()
  return all.filter(({ path }) => path.endsWith('/completions')).at(-1)
}

story(
  'a text is continued at its end, written on, taken back and taken up again',
  { demo: {} },
  async (app) => {
    await begin(app, 'text-plain')
    await box(app).fill('Roses are')
    await button(app, 'Continue').click()
    await button(app, 'Keep').appear()
    await holds(app, `Roses are${ADDED}`)
    const { path, body } = await lastAsked(app)
    assert.equal(path, '/v1/completions')
    assert.deepEqual([body.prompt, body.max_tokens, body.suffix], ['Roses are', 256, undefined])
    await app.shot('writing-suggestion')
    assert.deepEqual(await app.axe(), [], 'the sheet is open to everybody')

    await button(app, 'Take out').click()
    await holds(app, 'Roses are')
    await button(app, 'Undo').click()
    await holds(app, `Roses are${ADDED}`)
    await box(app).type('AndSoOn')
    await holds(app, `Roses are${ADDED}AndSoOn`)
    await app.press('Control+z')
    await holds(app, `Roses are${ADDED}`)
    await app.press('Control+y')
    await holds(app, `Roses are${ADDED}AndSoOn`)

    await app.press('Control+Enter')
    await holds(app, `Roses are${ADDED}AndSoOn${ADDED}`)
    await button(app, 'Keep').click()
    await app.restart()
    await conversation(app, 'Text:').click()
    await holds(app, `Roses are${ADDED}AndSoOn${ADDED}`)
    await button(app, 'Earlier continuations').click()
    const earlier = app.get('dialog', 'Earlier continuations')
    await earlier.get('button', 'Go back to this').at(-1).appear()
    await app.shot('writing-earlier')
    await earlier.get('button', 'Go back to this').at(-1).click()
    await holds(app, `Roses are${ADDED}`)
    await button(app, 'Keep').appear()
  },
)

story(
  'a gap is filled where the model sees what follows, and it is said where not',
  { demo: {} },
  async (app) => {
    await begin(app, 'text-plain')
    await box(app).fill('Roses are red.')
    await app.press('Left', 'Left', 'Left', 'Left', 'Left')
    await button(app, 'Fill the gap').click()
    await button(app, 'Keep').appear()
    const filled = await box(app).value()
    assert.match(filled, /^Roses are The river.*Next comes “red\.”.* red\.$/, 'it saw what follows')
    assert.deepEqual((await lastAsked(app)).body.suffix, ' red.')
    await app.shot('writing-gap')
    await button(app, 'Take out').click()
    await holds(app, 'Roses are red.')

    await chooseModel(app, 'text-no-gap')
    await button(app, 'Fill the gap').click()
    await app.sees('This model does not see what follows the cursor; it went on without.')
    await holds(app, `Roses are${ADDED} red.`)
    await button(app, 'Take out').click()
    await button(app, 'Continue').appear()
    await app.sees('text-no-gap does not see what follows the cursor.')
  },
)

story('three versions, options in the drawer, confidence', { demo: {} }, async (app) => {
  await begin(app, 'text-plain')
  await box(app).fill('Roses are')
  await button(app, 'All options').click()
  const drawer = app.get('dialog', 'All options')
  await drawer.get('textbox', 'How many answers, n').fill('3')
  await drawer.get('textbox', 'Best of, best_of').fill('4')
  await drawer.get('switch', /, echo$/).click()
  await drawer.get('switch', /, logprobs$/).click()
  await drawer.get('textbox', /, max_tokens$/).fill('40')
  await app.shot('writing-options')
  assert.deepEqual(await app.axe(), [], 'the drawer is open to everybody')
  await drawer.get('button', 'Close').click()
  await button(app, 'Continue').click()
  await app.sees('1 of 3')
  const { body } = await lastAsked(app)
  assert.deepEqual(
    [body.n, body.best_of, body.echo, body.logprobs, body.max_tokens, body.stream],
    [3, 4, true, 0, 40, undefined],
    'the best of several is not streamed',
  )
  await holds(app, 'Roses are Version 1.' + ADDED)
  await button(app, 'Show how sure it was').click()
  await app.get('group', 'The answer, word by word').appear()
  await app.shot('writing-sure')
  await button(app, 'Next version').click()
  await button(app, 'Next version').click()
  await holds(app, 'Roses are Version 3.' + ADDED)
  await app.sees('3 of 3')
})

story('stopped, killed and written in meanwhile: nothing is lost', { demo: {} }, async (app) => {
  await begin(app, 'text-slow')
  await box(app).fill('Roses are')
  await button(app, 'Continue').click()
  await came(app, 'The')
  await button(app, 'Stop').click()
  await app.sees('Stopped. What came stands in the text.')
  const stopped = await box(app).value()
  assert.ok(`Roses are${ADDED.repeat(12)}`.startsWith(stopped) && stopped.includes('The'), stopped)
  await button(app, 'Keep').click()

  await box(app).fill('Violets are')
  await button(app, 'Continue').click()
  await came(app, 'rises')
  const seen = await box(app).value()
  await pause(KEPT_AFTER)
  await app.kill9()
  await app.open()
  await conversation(app, 'Text:').click()
  await button(app, 'Keep').appear()
  const kept = await box(app).value()
  assert.ok(kept.startsWith(seen), `what was on the screen is kept: "${seen}", afterwards "${kept}"`)
  await app.sees('Medley was closed in the middle of this answer.')
  await app.shot('writing-killed')

  await box(app).fill('Grass is')
  await button(app, 'Continue').click()
  await came(app, 'rises')
  await box(app).type(' END')
  await button(app, 'Continue').appear(30)
  const whole = await box(app).value()
  assert.equal(whole, `Grass is${ADDED.repeat(12)} END`, 'not a letter out of place')
  await pause(KEPT_AFTER)
  await app.kill9()
  await app.open()
  await conversation(app, 'Text:').click()
  await holds(app, whole)
})

story('a model that wants a chat is asked in one, with one press', { demo: {} }, async (app) => {
  await begin(app, 'chat-only-404')
  await box(app).fill('Roses are')
  await button(app, 'Continue').click()
  await app.sees('does not continue texts. It can be asked in a chat instead.')
  await app.shot('writing-wants-chat')
  await button(app, 'Ask it in a chat').click()
  await button(app, 'Keep').appear()
  assert.match(await box(app).value(), /^Roses are\s?The river rises/)
  await app.sees('Asked in a chat.')
  assert.equal((await lastAsked(app)).path, '/v1/chat/completions')
})

const LOOKS = [
  { name: 'light', says: inEnglish },
  { name: 'dark', says: inEnglish, wish: { dark: true } },
  { name: 'chinese', says: inChinese, wish: { language: 'zh_CN.UTF-8' } },
]

for (const { name, says, wish } of LOOKS) {
  story(`the sheet is open to everybody, ${name}`, wish, async (app) => {
    await app.get('button', says('welcome_demo')).click()
    await app.get('dialog', says('welcome_name')).vanish()
    await app.get('button', says('writing_start')).click()
    const sheet = app.get('textbox', says('writing_text'))
    await sheet.appear()
    await app.shot(`writing-empty-${name}`)
    await sheet.fill(name === 'chinese' ? '从前有一座山，' : 'Once upon a time there was a street,')
    await app.get('button', says('chat_continue')).click()
    await app.get('button', says('writing_keep')).appear(60)
    await app.shot(`writing-${name}`)
    assert.deepEqual(await app.axe(), [], `the sheet in ${name} must be open to everybody`)
    await app.resize(820, 640)
    await app.shot(`writing-820-${name}`)
    await app.get('button', says('option_all')).click()
    await app.get('dialog', says('option_all')).appear()
    await app.shot(`writing-820-options-${name}`)
    assert.deepEqual(await app.axe(), [], `the options in ${name} must be open to everybody`)
  })
}
