import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }
const PROMPTS = ['A paper boat on a pond', 'A lighthouse at dusk', 'Koi from above']
/** A second press in haste is not paid for; milliseconds. */
const HASTE = 900

const grid = (app) => app.get('grid', 'Pictures')
const tile = (app, prompt) => grid(app).get('gridcell', new RegExp(`^${prompt}, `))

async function engine(app, name) {
  await app.get('combobox', 'Made with').click()
  await app.type(name)
  await app.press('Enter')
}

async function make(app, words) {
  await app.get('textbox', 'Describe your picture').fill(words)
  await pause(HASTE)
  await app.press('Control+Enter')
}

story(
  'nothing that a service sends as a picture runs, freezes or fills the window',
  { demo },
  async (app) => {
    await connect(app)
    await app.press('Control+2')
    for (const [name, fails] of [
      ['picture-bomb', false],
      ['picture-program', true],
      ['picture-damaged', true],
      ['picture-huge', true],
      ['picture-heavy', false],
    ]) {
      await engine(app, name)
      await make(app, `Sent by ${name}`)
      const cell = new RegExp(fails ? `\\. Sent by ${name}` : `^Sent by ${name}, `)
      await grid(app).get('gridcell', cell).appear(120)
      const frame = await app.runAsync((done) => {
        const began = performance.now()
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)))
      })
      assert.ok(frame < 5000, `the window answers after ${name}: ${frame} ms`)
    }
    assert.equal(await app.run(() => window.__pwned), null, 'nothing ran')
    await app.shot('gallery-hostile')
  },
)

story('five that are being made outlive a restart, and none is paid for twice', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await engine(app, 'picture-slow')
  for (let at = 1; at <= 5; at++) await make(app, `Slow boat ${at}`)
  await grid(app)
    .get('gridcell', /^(Waiting|Being made): Slow boat/)
    .at(4)
    .appear()
  const asked = async () =>
    (await app.demo.requests()).filter(({ body }) => /Slow boat/.test(JSON.stringify(body ?? ''))).length
  await app.kill9()
  const before = await asked()
  assert.ok(before >= 1 && before <= 2, `two at a time were sent: ${before}`)
  await app.open()
  await app.get('link', 'Pictures').click()
  await app.sees('It may have been paid for.')
  // Those that had not been sent are made now; those that had been wait for the person.
  await grid(app)
    .get('gridcell', /^Slow boat \d, /)
    .at(4 - before)
    .appear(90)
  assert.equal(
    await grid(app)
      .get('gridcell', /\. Slow boat \d/)
      .count(),
    before,
  )
  assert.equal(await asked(), 5, 'each was sent once')
})

story('the gallery by keys alone, from the first picture to the last', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await engine(app, 'dall-e-3')
  for (const prompt of PROMPTS) {
    await make(app, prompt)
    await tile(app, prompt).appear(30)
  }
  await app.press('Control+f')
  await app.type('koi')
  await tile(app, PROMPTS[0]).vanish()
  await app.press('ArrowDown')
  assert.match((await app.focus()).name, /^Koi from above/)
  await app.press('Control+f', 'Escape')
  await tile(app, PROMPTS[0]).appear()
  await app.press('ArrowDown')
  assert.match((await app.focus()).name, /^Koi from above/)
  await app.press('ArrowRight', 'ArrowRight')
  assert.match((await app.focus()).name, /^A paper boat/)
  await app.press('Home', 'End', 'Enter')
  await app.get('group', 'Zoom').appear()
  await app.press('ArrowLeft')
  await app.get('heading', PROMPTS[1]).appear()
  await app.press('s', 'Escape')
  assert.match((await app.focus()).name, /^A lighthouse/)
  await app.press('Space', 'Delete')
  await tile(app, PROMPTS[1]).vanish()
  assert.notEqual(await app.focus(), null, 'the keys are still in the gallery')
})

story('without a network everything made is there, opens and is found', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await engine(app, 'dall-e-3')
  for (const prompt of PROMPTS) {
    await make(app, prompt)
    await tile(app, prompt).appear(30)
  }
  await app.quit()
  await app.demo.unplug()
  await app.open()
  await app.get('link', 'Pictures').click()
  for (const prompt of PROMPTS) await tile(app, prompt).appear()
  await app.get('searchbox', 'Search by prompt').fill('lighthouse')
  await tile(app, PROMPTS[0]).vanish()
  await tile(app, PROMPTS[1]).click()
  const width = () => app.run(() => document.querySelector('.pane img')?.naturalWidth ?? 0)
  for (let tries = 0; (await width()) === 0 && tries < 100; tries++) await pause(100)
  assert.ok((await width()) > 0, 'its pixels are here')
  await app.press('Escape')
  await make(app, 'A harbour')
  await app.sees('cannot be reached', 60)
  await grid(app)
    .get('gridcell', /\. A harbour/)
    .appear()
})
