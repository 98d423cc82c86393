import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../harness/processes.js'
import { connect, KEY } from '../harness/steps.js'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

/** Presses in haste are not paid for twice; milliseconds. */
const HASTE = 900
const plus = { script: 'tests', midjourney: 'plus' }

const desk = (app) => app.get('textbox', 'Describe your picture')
const cells = (app, name) => app.get('grid', 'Pictures').get('gridcell', name)
const paths = async (app, ending) => (await app.demo.requests()).filter(({ path }) => path.endsWith(ending))

async function withMidjourney(app, says = inEnglish) {
  await app.press('Control+2')
  await app.get('combobox', says('pictures_made_with')).click()
  await app.type('Midjourney')
  await app.press('Enter')
  await app.get('radio', '3:2').appear()
}

async function create(app, prompt) {
  await desk(app).fill(prompt)
  await pause(HASTE)
  await app.press('Control+Enter')
  await cells(app, new RegExp(`^${prompt}, Midjourney, `)).appear(30)
}

/** Takes pictures of the gallery into the wells of a tool. */
async function take(app, dialog, label, ...places) {
  const wells = dialog.get('group', label)
  await wells.get('button', 'From the gallery').click()
  const offered = wells.get('group', 'From the gallery')
  for (const place of places)
    await offered
      .get('button', /Midjourney/)
      .at(place)
      .click()
  await wells
    .get('list', label)
    .get('img')
    .at(places.length - 1)
    .appear()
}

/** Presses what is paid for in a dialog, and goes where it is made. */
async function watch(app, button) {
  await pause(HASTE)
  await button.click()
  await app.get('button', 'Watch').click()
}

story(
  'a grid is cut, its seed asked for, mixed with its parts, and described',
  { demo: plus },
  async (app) => {
    await connect(app)
    await withMidjourney(app)
    await create(app, 'hills')
    await app.shot('tools-desk')
    assert.deepEqual(await app.axe(), [], 'the tools are open to everybody')
    await cells(app, /^hills, Midjourney, /)
      .at(0)
      .click()
    await app.get('button', 'Cut into four').click()
    await app.get('group', 'Made into').get('button').at(3).appear()
    await app.get('button', 'Seed').click()
    await app.get('button', 'Same again with this seed').appear()
    await app.shot('tools-page')
    assert.deepEqual(await app.axe(), [], 'and so are seed and cut')
    await app.get('button', 'Same again with this seed').click()
    await until(async () => /^hills --seed \d+$/.test(await desk(app).value()), {
      what: 'The seed in the prompt',
      of: { output: app.output() },
      seconds: 10,
    })

    await app.get('button', 'Mix pictures').click()
    const mix = app.get('dialog', 'Mix pictures')
    await take(app, mix, 'Two to five pictures', 0, 1)
    await mix.get('radio', 'Tall').click()
    await app.shot('tools-mix')
    assert.deepEqual(await app.axe(), [], 'mixing is open to everybody')
    await watch(app, mix.get('button', 'Create'))
    await cells(app, /^Picture without a prompt, Midjourney, /).appear(30)
    const [mixed] = await paths(app, '/submit/blend')
    assert.deepEqual([mixed.body.dimensions, mixed.body.base64Array.length], ['PORTRAIT', 2])

    await app.get('button', 'Describe a picture').click()
    const describe = app.get('dialog', 'Describe a picture')
    await take(app, describe, 'The picture', 0)
    await pause(HASTE)
    await describe.get('button', 'Describe it').click()
    await describe.get('button', 'Draw prompt 4').appear(30)
    await app.restart()
    await app.get('link', 'Pictures').click()
    await app.get('button', 'Describe a picture').click()
    await app.get('dialog', 'Describe a picture').get('button', 'Draw prompt 4').appear()
    await app.shot('tools-describe')
    assert.deepEqual(await app.axe(), [], 'describing is open to everybody')
    assert.equal(
      (await paths(app, '/submit/describe')).length,
      1,
      'what came is there again, and was paid for once',
    )
    await watch(app, app.get('dialog', 'Describe a picture').get('button', 'Draw prompt 2'))
    await cells(app, /^soft hills at dawn, oil painting --ar 3:2, Midjourney, /).appear(30)
  },
)

story('a prompt is shortened, faces are swapped, the past comes in once', { demo: plus }, async (app) => {
  await connect(app)
  await withMidjourney(app)
  await desk(app).fill('a very old lighthouse at dusk')
  await app.get('button', 'Shorten a prompt').click()
  const shorten = app.get('dialog', 'Shorten a prompt')
  await shorten.get('button', 'Shorten it').click()
  await shorten.get('list', 'How much each word counts').appear(30)
  await app.shot('tools-shorten')
  assert.deepEqual(await app.axe(), [], 'shortening is open to everybody')
  await shorten.get('button', 'Edit prompt 2 in the prompt box').click()
  await shorten.vanish()
  assert.equal(await desk(app).value(), 'lighthouse, dusk')
  await app.get('button', 'Shorten a prompt').click()
  await watch(app, app.get('dialog', 'Shorten a prompt').get('button', 'Draw prompt 5'))
  await cells(app, /^lighthouse, Midjourney, /).appear(30)
  await create(app, 'hills')

  await app.get('button', 'Swap faces').click()
  const swap = app.get('dialog', 'Swap faces')
  await take(app, swap, 'The face', 0)
  await take(app, swap, 'The picture that gets it', 1)
  await swap.get('switch', 'The people in these pictures agree').click()
  await app.shot('tools-swap')
  assert.deepEqual(await app.axe(), [], 'swapping is open to everybody')
  await watch(app, swap.get('button', 'Create'))
  await cells(app, /^Picture without a prompt, Midjourney, /).appear(30)

  await desk(app).fill('hills slow')
  await pause(HASTE)
  await app.press('Control+Enter')
  await cells(app, /^Being made: hills slow/).appear()
  await app.get('button', 'Waiting and running').click()
  const waiting = app.get('dialog', 'Waiting and running')
  await waiting.get('button', 'Cancel: hills slow').appear()
  await app.sees('0 other wishes wait or are being made there.')
  await app.shot('tools-waiting')
  assert.deepEqual(await app.axe(), [], 'waiting is open to everybody')
  await waiting.get('button', 'Cancel: hills slow').click()
  await app.sees('Nothing of yours waits or is being made.', 20)
  await app.press('Escape')

  // Somebody asks at the same service with another program.
  await fetch(`${app.demo.url}/mj/submit/imagine`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'mj-api-secret': KEY },
    body: JSON.stringify({ prompt: 'a harbour' }),
  })
  await pause(2_000)
  await app.get('button', 'Import').click()
  await app.get('menuitem', 'What 127.0.0.1 still has').click()
  await app.sees('1 picture is imported. 3 were here already.', 30)
  await cells(app, /^a harbour, Midjourney, /).appear()
})

/** In front of the service, or of the demonstration where the words to connect with are not English. */
async function begin(app, says) {
  if (says === inEnglish) return connect(app)
  await app.get('button', says('welcome_demo')).click()
  await app.get('dialog', says('welcome_name')).vanish()
  await app.get('textbox', says('chat_message')).appear()
  await pause(HASTE)
}

for (const [name, says, wish] of [
  ['dark', inEnglish, { demo: plus, dark: true }],
  ['chinese', inChinese, { language: 'zh_CN.UTF-8' }],
]) {
  story(`the tools look right, ${name}`, wish, async (app) => {
    await begin(app, says)
    await withMidjourney(app, says)
    await app.get('textbox', says('pictures_describe')).fill('a very old lighthouse at dusk')
    await app.get('button', says('tool_shorten')).click()
    await app.get('dialog', says('tool_shorten')).get('button', says('tool_shorten_it')).click()
    await app.get('list', says('tool_weights')).appear(60)
    await app.shot(`tools-shorten-${name}`)
    assert.deepEqual(await app.axe(), [])
    await app.resize(820, 640)
    await app.shot(`tools-shorten-820-${name}`)
    await app.press('Escape')
    await app.get('button', says('tool_swap')).click()
    await app.shot(`tools-swap-820-${name}`)
    await app.press('Escape')
    await app.shot(`tools-desk-820-${name}`)
  })
}
