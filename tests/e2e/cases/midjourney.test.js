import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../harness/processes.js'
import { connect } from '../harness/steps.js'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

/** Presses in haste are not paid for twice; milliseconds. */
const HASTE = 900
const relay = { script: 'tests', midjourney: 'relay' }
const plus = { script: 'tests', midjourney: 'plus' }

const desk = (app, says = inEnglish) => app.get('textbox', says('pictures_describe'))
const cells = (app, name, says = inEnglish) => app.get('grid', says('place_pictures')).get('gridcell', name)

async function withMidjourney(app, says = inEnglish) {
  await app.press('Control+2')
  await app.get('combobox', says('pictures_made_with')).click()
  await app.type('Midjourney')
  await app.press('Enter')
  await app.get('radio', '3:2').appear()
}

async function create(app, prompt, says = inEnglish) {
  await desk(app, says).fill(prompt)
  await pause(HASTE)
  await app.press('Control+Enter')
}

/** Presses a button below the picture that is open, and goes to the gallery. */
async function go(app, name) {
  await pause(HASTE)
  await app.get('button', name).click()
  await app.get('button', 'Watch').click()
}

const paths = async (app, ending) => (await app.demo.requests()).filter(({ path }) => path.endsWith(ending))

story('a grid over a restart, one of it taken, and that one varied', { demo: relay }, async (app) => {
  await connect(app)
  await withMidjourney(app)
  await desk(app).fill('hills slow')
  await app.get('radio', '3:2').click()
  assert.equal(await desk(app).value(), 'hills slow --ar 3:2', 'a control writes its flag')
  await app.shot('midjourney-desk')
  assert.deepEqual(await app.axe(), [], 'the desk is open to everybody')
  await pause(HASTE)
  await app.get('button', 'Create').click()
  await cells(app, /^Being made: hills/).appear()
  const told = () => app.run(() => document.querySelector('[role=progressbar][aria-valuenow]') !== null)
  await until(told, { what: 'How far it is', of: { output: app.output() }, seconds: 20 })
  await app.shot('midjourney-cooking')
  await app.restart()
  await app.get('textbox', 'Message').appear()
  await app.press('Control+2')
  await cells(app, /^hills slow --ar 3:2, Midjourney, /).appear(40)
  await cells(app, /^hills slow --ar 3:2, Midjourney, /)
    .at(0)
    .click()
  await app.get('group', 'Take one alone').get('button', 'Take picture 2').appear()
  await app.shot('midjourney-grid')
  assert.deepEqual(await app.axe(), [], 'the buttons are open to everybody')
  await go(app, 'Take picture 2')
  await cells(app, /^hills slow --ar 3:2, Midjourney, /)
    .at(1)
    .appear(40)
  await cells(app, /^hills slow --ar 3:2, Midjourney, /)
    .at(0)
    .click()
  await app.get('group', 'Change it').get('button', 'A little').appear()
  await app.shot('midjourney-single')
  await go(app, 'A little')
  await cells(app, /^hills slow --ar 3:2, Midjourney, /)
    .at(2)
    .appear(40)
  assert.equal((await paths(app, '/submit/imagine')).length, 1, 'it was paid for once')
  const pressed = (await paths(app, '/submit/action')).map(({ body }) =>
    body.customId.split('::').slice(0, 4).join('::'),
  )
  assert.match(pressed[0], /^MJ::JOB::upsample::2$/)
  assert.match(pressed[1], /^MJ::JOB::low_variation::1$/)
  await cells(app, /^hills/)
    .at(0)
    .click()
  await app.get('group', 'Made from').get('button', /hills/).appear()
})

story('a region is painted, another zoom is chosen, words are changed first', { demo: plus }, async (app) => {
  await connect(app)
  await withMidjourney(app)
  await create(app, 'remix hills')
  await cells(app, /^remix hills, Midjourney, /).appear(30)
  await cells(app, /^remix hills, Midjourney, /)
    .at(0)
    .click()
  await app.get('switch', /^Change the words first/).click()
  await pause(HASTE)
  await app.get('button', 'Four like picture 1').click()
  const other = app.get('dialog', 'Four like picture 1')
  await other.get('textbox', 'Prompt').fill('remix hills in snow')
  await app.shot('midjourney-words')
  assert.deepEqual(await app.axe(), [], 'other words are open to everybody')
  await other.get('button', 'Create').click()
  await app.get('button', 'Watch').click()
  await cells(app, /^remix hills in snow, Midjourney, /).appear(30)
  await cells(app, /^remix hills, Midjourney, /)
    .at(0)
    .click()
  await go(app, 'Take picture 3')
  await cells(app, /^remix hills, Midjourney, /)
    .at(1)
    .appear(30)
  await cells(app, /^remix hills, Midjourney, /)
    .at(0)
    .click()
  await pause(HASTE)
  await app.get('button', 'Choose how far …').click()
  const zoom = app.get('dialog', 'Choose how far …')
  await zoom.get('slider', 'How far back').appear()
  await app.shot('midjourney-zoom')
  assert.deepEqual(await app.axe(), [], 'the zoom is open to everybody')
  await zoom.get('button', 'Create').click()
  await zoom.vanish()
  await pause(HASTE)
  await app.get('button', 'Change a region').click()
  const region = app.get('dialog', 'Change a region')
  await region.get('button', 'Swap painted and clear').click()
  await region.get('textbox', 'What should be there').fill('a sailing boat')
  await app.shot('midjourney-region')
  assert.deepEqual(await app.axe(), [], 'the region is open to everybody')
  await region.get('button', 'Create').click()
  await app.get('button', 'Watch').click()
  await cells(app, /^a sailing boat, Midjourney, /).appear(30)
  await cells(app, /^remix hills --zoom 1.5, Midjourney, /).appear(30)
  const told = (await paths(app, '/submit/modal')).map(({ body }) => body.prompt)
  assert.deepEqual(told.toSorted(), ['a sailing boat', 'remix hills --zoom 1.5', 'remix hills in snow'])
})

story(
  'what Midjourney does not allow is said, and the words are there to be changed',
  { demo: relay },
  async (app) => {
    await connect(app)
    await withMidjourney(app)
    await create(app, 'a battle with gore')
    await app.sees('does not allow the word “gore”', 20)
    await app.shot('midjourney-banned')
    await create(app, 'hills fails')
    await cells(app, /\. hills fails/).appear(20)
    await app.shot('midjourney-failed')
    assert.deepEqual(await app.axe(), [], 'what was not made is open to everybody')
  },
)

/** In front of the service, or of the demonstration where the words to connect with are not English. */
async function begin(app, says) {
  if (says === inEnglish) return connect(app)
  await app.get('button', says('welcome_demo')).click()
  await app.get('dialog', says('welcome_name')).vanish()
  // The way in ends at the chat.
  await app.get('textbox', says('chat_message')).appear()
  await pause(HASTE)
}

for (const [name, says, wish] of [
  ['dark', inEnglish, { demo: plus, dark: true }],
  ['chinese', inChinese, { language: 'zh_CN.UTF-8' }],
]) {
  story(`Midjourney looks right, ${name}`, wish, async (app) => {
    await begin(app, says)
    await withMidjourney(app, says)
    await desk(app, says).fill('hills --ar 16:9 --s 250')
    await app.get('button', says('option_all')).click()
    await app.shot(`midjourney-desk-${name}`)
    assert.deepEqual(await app.axe(), [])
    await app.press('Escape')
    await create(app, 'hills --ar 16:9 --s 250', says)
    await cells(app, /^hills --ar 16:9 --s 250, Midjourney/, says).appear(40)
    await cells(app, /^hills --ar 16:9 --s 250, Midjourney/, says)
      .at(0)
      .click()
    await app.get('group', says('mj_group_take')).appear()
    await app.shot(`midjourney-page-${name}`)
    await app.resize(820, 640)
    await app.shot(`midjourney-page-820-${name}`)
    await app.press('Escape')
    await app.shot(`midjourney-desk-820-${name}`)
  })
}
