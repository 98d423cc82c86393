import assert from 'node:assert/strict'
import { answered, ask, connect } from '../harness/steps.js'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

const demo = { script: 'tests' }
const SENTENCE = 'The river rises in the hills, crosses the plain and reaches the sea. '

async function speak(app, text) {
  await app.get('link', 'Speech').click()
  await app.get('textbox', 'Text').fill(text)
  await app.get('button', 'Speak').click()
}

const player = (app) => app.get('region', 'Player')
const asked = async (app) =>
  (await app.demo.requests()).filter(({ path }) => path.endsWith('/audio/speech')).map(({ body }) => body)

story(
  'a text is heard while the rest is made, and again without a network',
  { demo, speaker: true },
  async (app) => {
    await connect(app)
    await speak(app, SENTENCE.repeat(8).trim())
    await player(app).get('button', 'Pause').appear()
    const voice = await app.speaker.until(({ loud }) => loud > 0.2)
    // Between two beats is silence, so the count of waves is a little low.
    assert.ok(voice.hertz > 330 && voice.hertz < 470, `Nova speaks at 440 Hz; ${voice.hertz} were heard`)
    await app.sees('0:0')
    await app.get('region', 'Text being spoken').says('The river rises')
    await app.shot('speech-playing')
    assert.deepEqual(await app.axe(), [], 'the player is open to everybody')

    await player(app).get('button', 'Pause').click()
    await player(app).get('button', 'Play').appear()
    await app.speaker.until(({ loud }) => loud < 0.01)
    assert.equal((await asked(app)).length, 2, 'one request for each part')
    assert.deepEqual(
      Object.keys((await asked(app))[0]),
      ['model', 'input', 'voice'],
      'and nothing that nobody chose',
    )

    await app.demo.unplug()
    await app.restart()
    await app.get('link', 'Speech').click()
    await app
      .get('region', 'Speech made before')
      .get('link', /^The river rises/)
      .click()
    await player(app).get('button', 'Play').click()
    await app.speaker.until(({ loud }) => loud > 0.2)
    await player(app)
      .get('button', /^Playing speed/)
      .click()
    await app.get('menuitemradio', '2×').click()
    const fast = await app.speaker.until(({ loud }) => loud > 0.2)
    assert.ok(
      fast.hertz > 330 && fast.hertz < 480,
      `as high as before, and faster; ${fast.hertz} Hz were heard`,
    )
    await app.shot('speech-offline')
  },
)

story('what is typed and chosen outlives a restart', { demo }, async (app) => {
  await connect(app)
  await app.get('link', 'Speech').click()
  await app.get('textbox', 'Text').fill('Half a thought')
  await app.get('combobox', 'Voice').click()
  await app.get('option', /^Onyx/).click()
  await app.shot('speech-writing')
  assert.deepEqual(await app.axe(), [], 'the desk is open to everybody')
  await new Promise((go) => setTimeout(go, 1000))
  await app.restart()
  await app.get('link', 'Speech').click()
  assert.equal(await app.get('textbox', 'Text').value(), 'Half a thought')
  await app.get('combobox', 'Voice').says('Onyx')
})

story('a voice that fails in the middle keeps what came and goes on from there', { demo }, async (app) => {
  await connect(app)
  await speak(app, `${SENTENCE.repeat(8)}[no money]`)
  await player(app).says('There is no money left at')
  await player(app).says('Your text is kept')
  await player(app).get('button', 'Go on').appear()
  await app.shot('speech-failed')
  assert.equal((await asked(app)).length, 2, 'nothing is asked twice by itself')
  assert.deepEqual(await app.axe(), [], 'the failure is open to everybody')
})

const LOOKS = [
  { name: 'light', says: inEnglish },
  { name: 'dark', says: inEnglish, wish: { dark: true } },
  { name: 'chinese', says: inChinese, wish: { language: 'zh_CN.UTF-8' } },
]

for (const { name, says, wish } of LOOKS) {
  story(`speech is open to everybody, ${name}`, { ...wish, speaker: true }, async (app) => {
    const look = async (what) => {
      await app.shot(`${what}-${name}`)
      assert.deepEqual(await app.axe(), [], `${what} in ${name} must be open to everybody`)
    }
    await app.get('button', says('welcome_demo')).click()
    await app.get('dialog', says('welcome_name')).vanish()
    await app.get('link', says('place_speech')).click()
    await app.get('textbox', says('speech_text')).fill(SENTENCE.repeat(7))
    await look('speech-desk')
    await app.get('button', says('speech_speak')).click()
    const player = app.get('region', says('speech_player'))
    await player.get('button', says('speech_pause')).appear()
    await app.sees('0:02', 30)
    await look('speech-listen')
    await app.resize(820, 640)
    await look('speech-listen-820')
    await player.get('button', says('speech_pause')).click()
  })
}

story('an answer is read aloud, and again at no cost', { demo, speaker: true }, async (app) => {
  await connect(app)
  await ask(app, 'Name a river.', 'plain')
  await answered(app)
  await app.get('button', 'Read aloud').click()
  await app.get('button', 'Stop reading aloud').appear()
  await app.speaker.until(({ loud }) => loud > 0.2)
  await app.shot('chat-read-aloud')
  assert.deepEqual(await app.axe(), [], 'the answer is open to everybody')
  await app.get('button', 'Read aloud').appear(60)
  assert.equal((await asked(app)).length, 1)
  // From here on nobody can be asked.
  await app.demo.unplug()
  await app.get('button', 'Read aloud').click()
  await app.speaker.until(({ loud }) => loud > 0.2)
})
