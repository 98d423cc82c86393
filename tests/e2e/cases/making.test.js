import assert from 'node:assert/strict'
import { connect } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }

const grid = (app) => app.get('grid', 'Pictures')

async function wish(app, words, engine) {
  await app.get('combobox', 'Made with').click()
  await app.type(engine)
  await app.press('Enter')
  await app.get('textbox', 'Describe your picture').fill(words)
}

story('a picture is wished for, made, kept, and made again from', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await wish(app, 'A paper boat on a pond', 'dall-e-3')
  await app.get('radio', 'Wide').click()
  await app.press('Control+Enter')
  await grid(app)
    .get('gridcell', /^A paper boat on a pond, /)
    .appear()
  await app.shot('pictures')
  assert.deepEqual(await app.axe(), [], 'the gallery is open to everybody')
  await app.restart()
  await app.get('link', 'Pictures').click()
  assert.equal(
    await app.get('textbox', 'Describe your picture').value(),
    'A paper boat on a pond',
    'the desk too',
  )
  await grid(app)
    .get('gridcell', /^A paper boat on a pond, /)
    .click()
  await app.get('button', 'Make more like this').appear()
  await app.shot('picture')
  assert.deepEqual(await app.axe(), [], 'and so is one picture')
  await app.get('button', 'Delete').click()
  await app.get('button', 'Undo').at(-1).click()
  await grid(app)
    .get('gridcell', /^A paper boat on a pond, /)
    .appear()
})

story('what is not allowed says so, and the words come back to be changed', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await wish(app, 'A battle', 'picture-refused')
  await app.get('button', 'Create').click()
  const tile = grid(app).get('gridcell', /does not allow this text\. A battle/)
  await app.sees('127.0.0.1 does not allow this text.')
  await app.shot('picture-refused')
  assert.deepEqual(await app.axe(), [], 'what was not made is open to everybody')
  await tile.get('button', 'Change the text').click()
  assert.equal(await app.get('textbox', 'Describe your picture').value(), 'A battle')
})

story('what was sent and not answered asks before it is paid for again', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await wish(app, 'A slow boat', 'picture-slow')
  await app.get('button', 'Create').click()
  await grid(app).get('gridcell', 'Being made: A slow boat').appear()
  await app.kill9()
  await app.open()
  await app.get('link', 'Pictures').click()
  const tile = grid(app).get('gridcell', /\. A slow boat/)
  await app.sees('It may have been paid for.')
  await tile.get('button', 'Try again').click()
  await app.get('dialog', 'Make it again?').appear()
  await app.shot('picture-interrupted')
  await app.press('Escape')
  await tile.get('button', 'Take away').click()
  await tile.vanish()
})
