import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { choose, connect } from '../harness/steps.js'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

const demo = { script: 'tests' }
const RATE = 8000
const pause = (millis) => new Promise((go) => setTimeout(go, millis))

/** A sound of so many seconds: a tone, with half a second of silence at the end of every ten. */
function sound(seconds) {
  const data = Buffer.alloc(RATE * seconds * 2)
  for (let at = 0; at < RATE * seconds; at++) {
    const quiet = at % (RATE * 10) > RATE * 9.5
    data.writeInt16LE(quiet ? 0 : Math.round(Math.sin((at * 440 * 2 * Math.PI) / RATE) * 12_000), at * 2)
  }
  const head = Buffer.from('RIFF....WAVEfmt \x10\0\0\0\x01\0\x01\0........\x02\0\x10\0data....', 'latin1')
  head.writeUInt32LE(data.length + 36, 4)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * 2, 28)
  head.writeUInt32LE(data.length, 40)
  return Buffer.concat([head, data])
}

/** Pastes a sound, as from a file manager. The system's own dialog cannot be driven here. */
async function bring(app, name, bytes) {
  await app.run(
    (given, base64) => {
      const data = new DataTransfer()
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      data.items.add(new File([content], given, { type: 'audio/wav' }))
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      document.querySelector('main').dispatchEvent(event)
    },
    name,
    bytes.toString('base64'),
  )
}

const lines = (app) => app.get('region', 'Transcript')
const player = (app) => app.get('region', 'Player')
const asked = async (app) =>
  (await app.demo.requests()).filter(({ path }) => path.includes('/audio/transcriptions'))

async function arrive(app) {
  await connect(app)
  await app.get('link', 'Transcribe').click()
}

/** How high it sounds, in Hertz, and how long it is. */
function measured(file) {
  const told = execFileSync('sh', ['-c', 'sox "$1" -n stat 2>&1', 'sh', file]).toString()
  const number = (name) => Number(new RegExp(`${name}:\\s*([-\\d.]+)`).exec(told)?.[1] ?? 0)
  return { hertz: number('Rough\\s+frequency'), seconds: number('Length \\(seconds\\)') }
}

/** The files that end so, below a folder. */
function files(folder, ending) {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(ending) && statSync(path).isFile())
}

story(
  'a file becomes lines, a press on one plays it, and corrections stay',
  { demo, speaker: true },
  async (app) => {
    await arrive(app)
    await choose(app, 'Written down by', /diarize/)
    await app.shot('transcribe-start')
    await bring(app, 'Interview.wav', sound(60))
    await lines(app).says('The bridge is older than the town.')
    await lines(app)
      .get('button', /^In spring/)
      .at(0)
      .click()
    await player(app).get('button', 'Pause').appear()
    await app
      .get('region', 'Recordings and files')
      .get('link', /2 speakers/)
      .appear()
    await app.speaker.until(({ loud }) => loud > 0.1)
    await app.shot('transcribe-result')
    assert.deepEqual(await app.axe(), [], 'the transcript is open to everybody')
    await player(app).get('button', 'Pause').click()

    await lines(app).get('button', 'Edit line at 0:03').click()
    await lines(app).get('textbox', 'Text of the line at 0:03').fill('It feeds the mills.')
    await lines(app).get('button', 'Save').click()
    await lines(app).says('It feeds the mills.')
    await lines(app).get('button', 'Rename Speaker B').at(0).click()
    await app.get('dialog', 'Who is this?').get('textbox', 'Name').fill('Anna')
    await app.get('dialog', 'Who is this?').get('button', 'Rename').click()
    await lines(app).says('Anna')
    await app.demo.unplug()
    await app.restart()
    await app.get('link', 'Transcribe').click()
    await app
      .get('region', 'Recordings and files')
      .get('link', /^Interview/)
      .click()
    await lines(app).says('It feeds the mills.')
    await lines(app).says('Anna')
    const [kept] = files(join(app.home, 'media'), '.wav')
    assert.deepEqual(readFileSync(kept), sound(60), 'the sound is kept byte for byte')
  },
)

story('a service that fails keeps the recording, and what is too long is cut', { demo }, async (app) => {
  await arrive(app)
  await choose(app, 'Written down by', /whisper-narrow/)
  await app.demo.unplug()
  await bring(app, 'Talk.wav', sound(100))
  await app.sees('The recording is kept.', 40)
  await app.shot('transcribe-failed')
  assert.deepEqual(await app.axe(), [], 'the failure is open to everybody')
  await app.demo.plugIn()
  await lines(app).get('button', 'Try again').at(0).click()
  await app.get('button', 'Translate to English').appear(90)
  const sent = await asked(app)
  assert.equal(sent[0].files[0].name, 'sound.wav', 'first as it is')
  const heard = sent.filter(({ files }) => files[0].length <= 400_000)
  assert.ok(heard.length >= 1 && heard.every(({ files }) => files[0].name === 'sound.ogg'), 'then in parts')
})

story(
  'what is spoken is on the disk while it is spoken, and is written down',
  { demo, microphone: true },
  async (app) => {
    await arrive(app)
    app.microphone.speak(440)
    await pause(1000)
    await app.get('button', 'Record').click()
    await app.get('timer', 'Recorded time').appear()
    await app.sees('0:03', 30)
    await app.shot('transcribe-recording')
    assert.deepEqual(await app.axe(), [], 'the recorder is open to everybody')
    await app.get('button', 'Stop').click()
    await lines(app).says('The river rises in the hills.')
    const [kept] = files(join(app.home, 'media'), '.wav')
    const { hertz, seconds } = measured(kept)
    assert.ok(Math.abs(hertz - 440) < 12, `440 Hz were spoken, ${hertz} are kept`)
    assert.ok(seconds >= 3, `${seconds} s are kept`)

    // A power cut in the middle of the next one.
    await app.get('button', 'New recording').click()
    await app.get('button', 'Record').click()
    await app.sees('0:04', 30)
    await app.kill9()
    const [torn] = files(join(app.home, 'recording'), '.wav')
    const written = (statSync(torn).size - 44) / 2 / readFileSync(torn).readUInt32LE(24)
    await app.open()
    await app.get('link', 'Transcribe').click()
    await app.sees('Recovered')
    await app
      .get('region', 'Recordings and files')
      .get('link', /Recovered/)
      .click()
    await app.get('button', 'Write it down').appear()
    await app.shot('transcribe-found')
    const found = files(join(app.home, 'media'), '.wav').filter((path) => path !== kept)
    assert.equal(found.length, 1, 'beside the first recording there is the one that was cut')
    const cut = measured(found[0]).seconds
    assert.ok(cut >= 4 && Math.abs(cut - written) < 0.1, `${cut} s of ${written} s up to the cut`)
  },
)

const LOOKS = [
  { name: 'dark', says: inEnglish, wish: { dark: true } },
  { name: 'chinese', says: inChinese, wish: { language: 'zh_CN.UTF-8' } },
]

for (const { name, says, wish } of LOOKS) {
  story(`transcribing is open to everybody, ${name}`, { ...wish, microphone: true }, async (app) => {
    const look = async (what) => {
      await app.shot(`${what}-${name}`)
      assert.deepEqual(await app.axe(), [], `${what} in ${name} must be open to everybody`)
    }
    await app.get('button', says('welcome_demo')).click()
    await app.get('dialog', says('welcome_name')).vanish()
    await app.get('link', says('place_transcribe')).click()
    await app.get('button', says('scribe_record')).appear()
    await look('transcribe-start')
    await bring(app, 'Interview.wav', sound(20))
    await app.get('region', says('scribe_transcript')).says('This is a demonstration.')
    await look('transcribe-result')
    await app.resize(820, 640)
    await look('transcribe-result-820')
  })
}
