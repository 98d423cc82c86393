import assert from 'node:assert/strict'
import { answer, answered, ask, connect, lastAsked } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }
/** What spells a call out for the models of the demo. */
const COUNT = 'calculator {"expression":"3*4"}'

async function chooseTools(app, ...names) {
  await app.get('button', 'All options').click()
  const drawer = app.get('dialog', 'All options')
  const tools = drawer.get('group', 'Tools in this conversation')
  for (const name of names) await tools.get('switch', name).click()
  await app.shot('tools-chosen')
  assert.deepEqual(await app.axe(), [], 'choosing is open to everybody')
  await app.press('Escape')
  await drawer.vanish()
}

const asks = (app, name) => answer(app).get('group', `The model wants to use “${name}”.`)

story('a tool is asked for, allowed, shown as a step, and outlives a kill', { demo }, async (app) => {
  await connect(app)
  await chooseTools(app, /^Calculator/)
  await ask(app, COUNT, 'calls')
  await asks(app, 'Calculator').says('3*4')
  await app.shot('tools-asks')
  assert.deepEqual(await app.axe(), [], 'the question is open to everybody')

  // A kill while it waits loses nothing: the call is asked again when the answer goes on.
  await app.kill9()
  await app.open()
  await app
    .get('list', 'Conversations')
    .get('button', /^calculator/)
    .click()
  await answer(app).get('button', 'Continue').click()
  await asks(app, 'Calculator').get('button', 'Allow once').click()
  await answered(app)
  await answer(app).says('The tools said: 12')
  await answer(app)
    .get('disclosure', /^Calculator, /)
    .click()
  await answer(app).says('Result')
  await app.shot('tools-step')
  assert.deepEqual(await app.axe(), [], 'a step is open to everybody')
  const told = (await lastAsked(app)).messages.at(-1)
  assert.deepEqual([told.role, told.content], ['tool', '12'], 'the result went back')
})

story('refused, always allowed, never again', { demo }, async (app) => {
  await connect(app)
  await chooseTools(app, /^Calculator/)
  await ask(app, COUNT, 'calls')
  await asks(app, 'Calculator').get('button', 'Refuse').click()
  await answered(app)
  await answer(app).get('disclosure', 'Calculator, refused').appear()
  await ask(app, COUNT)
  await asks(app, 'Calculator').get('button', 'Always allow').click()
  await answered(app)
  await ask(app, 'calculator {"expression":"5*5"}')
  await answered(app)
  await answer(app).says('The tools said: 25')
  await app.get('link', 'Settings').click()
  await app.get('link', 'Tools').click()
  await app.get('radiogroup', 'Using “Calculator”').get('radio', 'Always').appear()
  await app.shot('tools-settings')
  assert.deepEqual(await app.axe(), [], 'the page is open to everybody')
  await app.get('radiogroup', 'Using “Calculator”').get('radio', 'Never').click()
  await app.get('link', 'Chat').click()
  await ask(app, COUNT)
  await answered(app)
  assert.equal((await lastAsked(app)).tools, undefined, 'what is never used is not offered')
})

story('a function of one’s own: pasted, called, answered by hand', { demo }, async (app) => {
  await connect(app)
  await app.get('link', 'Settings').click()
  await app.get('link', 'Tools').click()
  await app.get('button', 'Paste functions').click()
  const paste = app.get('dialog', 'Paste functions')
  await paste.get('textbox', 'JSON').fill('{"name": ')
  await paste.says('This cannot be read as JSON.')
  const weather = {
    name: 'get_weather',
    description: 'Says the weather.',
    parameters: { type: 'object', properties: { town: { type: 'string' } } },
  }
  await paste
    .get('textbox', 'JSON')
    .fill(JSON.stringify({ tools: [{ type: 'function', function: weather }] }))
  await paste.says('Found: get_weather')
  await app.shot('tools-paste')
  await paste.get('button', 'Keep').click()
  await paste.vanish()
  await app.get('link', 'Chat').click()
  await chooseTools(app, /^get_weather/)
  await ask(app, 'get_weather {"town":"Tours"}', 'calls')
  const card = asks(app, 'get_weather')
  await card.get('textbox', 'Result').fill('Snow, -2 °C')
  await app.shot('tools-own')
  await card.get('button', 'Send result').click()
  await answered(app)
  await answer(app).says('The tools said: Snow, -2 °C')
})

story('earlier conversations are searched when one allows it', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'The heron stands in the reeds.', 'echo')
  await answered(app)
  await app.get('button', 'New chat').at(0).click()
  await chooseTools(app, /^Search my conversations/)
  await ask(app, 'search_conversations {"words":"heron"}', 'calls')
  await asks(app, 'Search my conversations').says('What it finds goes to')
  await asks(app, 'Search my conversations').get('button', 'Allow once').click()
  await answered(app)
  await answer(app).says('The heron stands in the reeds.')
})
