import assert from 'node:assert/strict'
import { answered, ask } from '../harness/steps.js'
import { story } from '../harness/story.js'

for (const dark of [false, true]) {
  const colours = dark ? 'dark' : 'light'
  story(`open to everybody in ${colours}`, { dark }, async (app) => {
    await app.get('dialog', 'Welcome').appear()
    await look(app, `welcome-${colours}`)
    await app.get('button', 'Try it without a key').click()
    await app.get('dialog', 'Welcome').vanish()
    await look(app, `empty-${colours}`)
    await ask(app, 'Show me a table and some code')
    await answered(app, 60)
    await look(app, `chat-${colours}`)
    await app.resize(820, 640)
    await look(app, `chat-820-${colours}`)
    await app.resize(1280, 800)
    await app.get('link', 'Settings').click()
    for (const part of ['Services', 'Models', 'Appearance', 'Privacy', 'Help', 'About']) {
      await app
        .get('list', 'Settings')
        .get('link', new RegExp(`^${part}`))
        .click()
      await look(app, `settings-${part.toLowerCase()}-${colours}`)
    }
  })
}

async function look(app, name) {
  await app.shot(name)
  assert.deepEqual(await app.axe(), [], `${name} must be open to everybody`)
}
