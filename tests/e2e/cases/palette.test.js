import assert from 'node:assert/strict'
import { answered, ask, connect } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }
const goTo = (app) => app.get('dialog', 'Go to')

/** Opens "Go to", types and takes the first. */
async function go(app, words) {
  await app.press('Control+K')
  await goTo(app).appear()
  await app.type(words)
}

story('everywhere by “Go to”', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Where does the river rise?', 'plain')
  await answered(app)

  await go(app, 'setmod')
  await goTo(app)
    .get('option', /^Settings: Models/)
    .appear()
  await app.shot('palette-light')
  assert.deepEqual(await app.axe(), [], 'open to everybody')
  await app.press('Enter')
  await app.get('heading', 'Models').at(0).appear()

  await go(app, 'river')
  await goTo(app)
    .get('option', /^Where does the river/)
    .appear()
  await app.press('Enter')
  await app.get('log', 'Conversation').get('article', 'You').says('Where does the river rise?')

  await go(app, 'ask several')
  await app.press('Enter')
  await app.get('dialog', 'Ask several models').appear()
  await app.press('Escape')
  await app.get('dialog', 'Ask several models').vanish()

  await go(app, 'dark')
  await app.press('Enter')
  await goTo(app).vanish()
  await app.press('Control+K')
  await goTo(app)
    .get('option', /^Dark colours/)
    .at(0)
    .appear()
  const first = await goTo(app).get('option').at(0).text()
  assert.match(first, /^Dark colours/, 'what was used last stands on top')
  await app.shot('palette-dark')
  await app.press('Escape')
  await goTo(app).vanish()

  await app.press('Control+/')
  await app.get('dialog', 'Keyboard shortcuts').says('Go to a place')
  await app.shot('shortcuts-dark')
  assert.deepEqual(await app.axe(), [], 'the page of keys too')
  await app.press('Escape')
  await app.get('dialog', 'Keyboard shortcuts').vanish()
})
