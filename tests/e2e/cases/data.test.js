import assert from 'node:assert/strict'
import { answer, answered, ask, connect, lastAsked } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }
const SENTENCE = 'The river rises in the hills, crosses the plain and reaches the sea.'

/** Opens the drawer, changes something in it, and closes it. */
async function inOptions(app, change) {
  await app.get('button', 'All options').click()
  const drawer = app.get('dialog', 'All options')
  await drawer.appear()
  await change(drawer)
  await drawer.get('button', 'Close').click()
  await drawer.vanish()
}

async function askForConfidence(app) {
  await inOptions(app, async (drawer) => {
    await drawer.get('switch', /^Word confidence/).click()
    await drawer.get('textbox', /^Other words considered/).fill('5')
  })
}

/** What the clipboard of the desk holds. */
async function clipboard(app) {
  await app.get('textbox', 'Message').click()
  await app.press('Control+V')
  return app.get('textbox', 'Message').value()
}

story('how sure it was, word by word', { demo }, async (app) => {
  await connect(app)
  await askForConfidence(app)
  await ask(app, 'Name a river.', 'plain')
  await answered(app)
  await answer(app).get('button', 'Show how sure it was').click()
  const words = answer(app).get('group', 'The answer, word by word')
  assert.equal((await words.text()).trim(), SENTENCE, 'the words are the answer')
  await answer(app).says(/\d+\s?% sure of each word, on average/)
  await answer(app).get('list', 'What the marks mean').says('a guess')
  await app.shot('confidence-light')
  assert.deepEqual(await app.axe(), [], 'the words must be open to everybody')

  await words.get('button', 'The').click()
  await app.press('ArrowRight')
  assert.deepEqual(await app.focus(), { role: 'button', name: 'river' }, 'arrows go from word to word')
  await app.press('ArrowDown')
  assert.deepEqual(await app.focus(), { role: 'button', name: 'rises' }, 'down to the next doubtful one')
  const instead = app.get('group', 'What could have stood here')
  await instead.says(/\d\s?%/)
  assert.equal(await instead.get('listitem').count(), 5, 'as many as were asked for')
  await app.shot('confidence-guesses-light')
  assert.deepEqual(await app.axe(), [], 'what could have stood there too')
  await app.press('Escape')
  await instead.vanish()
  await answer(app).get('button', 'Show how sure it was').click()
  await words.vanish()
  await app.restart()
  await app
    .get('list', 'Conversations')
    .get('button', /^Name a river/)
    .click()
  await answer(app).get('button', 'Show how sure it was').appear()
})

story('four thousand words, and the window answers', { demo }, async (app) => {
  await connect(app)
  await askForConfidence(app)
  await ask(app, 'At length.', 'sure-long')
  await answered(app, 60)
  await answer(app).get('button', 'Show how sure it was').click()
  await answer(app).get('group', 'The answer, word by word').appear()
  await answer(app).get('button', 'The').at(0).appear()
  const drawn = await app.run(() => document.querySelectorAll('[data-word]').length)
  assert.ok(drawn > 0 && drawn < 3000, `only words near the view are drawn each by itself, not ${drawn}`)
})

story('a form of fields, a table, CSV on the clipboard', { demo }, async (app) => {
  await connect(app)
  await inOptions(app, async (drawer) => {
    await drawer.get('radio', 'My own form').click()
    const dialog = app.get('dialog', 'Form of the answer')
    await dialog.get('textbox', 'Name').fill('name')
    await dialog.get('button', 'Add a field').click()
    await dialog.get('textbox', 'Name').at(1).fill('price')
    await dialog.get('combobox', 'Kind').at(1).click()
    await app.get('option', 'Number').click()
    await dialog.says('This form can be used.')
    await app.shot('data-form-light')
    assert.deepEqual(await app.axe(), [], 'the form must be open to everybody')
    await dialog.get('button', 'Use this form').click()
    await dialog.vanish()
    await drawer.says('2 fields: name, price')
  })
  await ask(app, 'What do they cost?', 'data-fits')
  await answered(app)
  const sent = (await lastAsked(app)).response_format
  assert.deepEqual(Object.keys(sent.json_schema.schema.properties.items.items.properties), ['name', 'price'])
  await answer(app).says('Fits the form that was asked for.')
  const table = answer(app).get('region', 'Table, 3 rows')
  assert.equal(await table.get('row').count(), 4, 'a head and three rows')
  await app.shot('data-table-light')
  assert.deepEqual(await app.axe(), [], 'a table must be open to everybody')
  await answer(app).get('radio', 'As tree').click()
  await answer(app).get('tree', 'Tree').appear()
  await app.shot('data-tree-light')
  assert.deepEqual(await app.axe(), [], 'a tree too')
  await answer(app).get('button', 'Copy CSV').click()
  await answer(app).get('button', 'Copied').appear()
  assert.match(await clipboard(app), /^name,price\r?\n\w/, 'a spreadsheet can read it')
})

story('data that does not fit says where', { demo }, async (app) => {
  await connect(app)
  await inOptions(app, async (drawer) => {
    await drawer.get('radio', 'My own form').click()
    const dialog = app.get('dialog', 'Form of the answer')
    await dialog.get('radio', 'JSON Schema').click()
    const schema = dialog.get('textbox', 'JSON Schema')
    await schema.fill('{"$ref": "http://127.0.0.1/x.json"}')
    await dialog.says('Medley fetches nothing')
    const good = {
      type: 'object',
      properties: { price: { type: 'number' }, name: { type: 'string' } },
      additionalProperties: false,
    }
    await schema.fill(JSON.stringify(good))
    await dialog.says('This form can be used.')
    await dialog.get('button', 'Use this form').click()
    await dialog.vanish()
  })
  await ask(app, 'And this one?', 'data-breaks')
  await answered(app)
  await answer(app).says('price: should be a number, is text')
  await answer(app).says('has what nobody asked for: remark')
  await app.shot('data-breaks-light')
  assert.deepEqual(await app.axe(), [], 'what does not fit must be open to everybody')
  await answer(app).get('button', 'Try again').at(0).appear()
  await ask(app, 'Cut it.', 'data-cut')
  await answered(app)
  await answer(app).says('The data ends in the middle.')
})
