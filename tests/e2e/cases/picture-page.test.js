import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { connect } from '../harness/steps.js'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

const demo = { script: 'tests' }
const PROMPT = 'A paper boat on a pond'
/** A second press in haste is not paid for; milliseconds. */
const HASTE = 900

async function make(app, says, words) {
  if (words) await app.get('textbox', says('pictures_describe')).fill(words)
  const before = await app.get('grid', says('place_pictures')).get('gridcell', /boat/).count()
  await pause(HASTE)
  await app.press('Control+Enter')
  const cells = app.get('grid', says('place_pictures')).get('gridcell', new RegExp(`^${PROMPT}, `))
  await cells.at(before).appear(30)
}

/** A picture that another one was made from, looked at alone. */
async function withFamily(app, says) {
  await connect(app)
  await app.press('Control+2')
  await app.get('combobox', 'Made with').click()
  await app.type('dall-e-3')
  await app.press('Enter')
  await make(app, says, PROMPT)
  const cells = app.get('grid', 'Pictures').get('gridcell', new RegExp(`^${PROMPT}, `))
  await cells.at(0).click()
  await app.get('button', 'Make more like this').click()
  await make(app, says)
  await cells.at(0).click()
  await app.get('region', 'Family').appear()
}

const share = (app) => app.get('group', 'Zoom').get('status').text()

story('a picture is looked at closely, moved, and seen as a whole again', { demo }, async (app) => {
  await withFamily(app, inEnglish)
  const whole = await share(app)
  await app.press('1')
  assert.match(await share(app), /^100\s?%$/)
  await app.press('=', '=', '=')
  assert.match(await share(app), /^300\s?%$/)
  const left = () => app.run(() => document.querySelector('.pane img').getBoundingClientRect().left)
  const before = await left()
  await app.press('ArrowRight')
  assert.ok((await left()) < before, 'the arrow moves the picture and not to the next one')
  await app.shot('picture-close')
  await app.press('Escape')
  assert.equal(await share(app), whole)
  assert.deepEqual(await app.axe(), [], 'a picture with a family is open to everybody')
})

story('a family is walked through and back; saving asks for the form', { demo }, async (app) => {
  await withFamily(app, inEnglish)
  await app.get('group', 'Made from').get('button', /boat/).click()
  await app.get('group', 'Made into').get('button', /boat/).appear()
  await app.press('BackSpace')
  await app.get('group', 'Made from').appear()
  await app.press('d')
  const dialog = app.get('dialog', 'Save as')
  await dialog.get('radio', /^WebP/).click()
  await app.shot('picture-save-as')
  assert.deepEqual(await app.axe(), [], 'saving is open to everybody')
  await app.press('Escape')
  await dialog.vanish()
  await app.press('d')
  await dialog.appear()
  const kept = await app.run(() => document.querySelector('dialog input:checked').value)
  assert.equal(kept, 'webp', 'the form is remembered')
})

for (const [name, says, wish] of [
  ['light', inEnglish, {}],
  ['dark', inEnglish, { dark: true }],
  ['chinese', inChinese, { language: 'zh_CN.UTF-8' }],
]) {
  story(`a picture looks right, ${name}`, wish, async (app) => {
    await app.get('button', says('welcome_demo')).click()
    await app.get('dialog', says('welcome_name')).vanish()
    // The way in ends at the chat.
    await app.get('textbox', says('chat_message')).appear()
    await pause(HASTE)
    await app.get('link', says('place_pictures')).at(0).click()
    await app.get('textbox', says('pictures_describe')).fill(PROMPT)
    for (const more of [false, true]) {
      if (more) await app.get('button', says('pictures_more')).at(-1).click()
      await pause(HASTE)
      await app.press('Control+Enter')
      const cells = app.get('grid', says('place_pictures')).get('gridcell', new RegExp(`^${PROMPT}`))
      await cells.at(more ? 1 : 0).appear(60)
      await app
        .get('grid', says('place_pictures'))
        .get('gridcell', new RegExp(`^${PROMPT}, `))
        .at(more ? 1 : 0)
        .appear(60)
      await cells.at(0).click()
      await app.get('group', says('picture_zoom')).appear()
    }
    await app.shot(`picture-page-${name}`)
    assert.deepEqual(await app.axe(), [])
    await app.press('d')
    await app.shot(`picture-save-${name}`)
    await app.press('Escape')
    await app.resize(820, 640)
    await app.shot(`picture-page-820-${name}`)
  })
}
