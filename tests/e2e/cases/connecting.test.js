import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answer, answered, ask, connect, fillConnectForm, KEY } from '../harness/steps.js'
import { story } from '../harness/story.js'

const WRONG = 'sk-story-wrong-77aa88bb99cc'

story('a wrong key is told in words and put right', { demo: { key: KEY } }, async (app) => {
  await app.get('button', 'Connect a service').click()
  await fillConnectForm(app, { key: WRONG, address: app.demo.url })
  await app.get('button', 'Connect').click()
  await app.get('dialog', 'Welcome').says(/does not know this key/)
  await app.get('field', 'Key').fill(KEY)
  await app.get('button', 'Connect').click()
  await app.get('button', 'Start').click()
  await ask(app, 'Hello', 'plain')
  await answered(app)
  assert.ok((await answer(app).text()).length > 0, 'the right key brings an answer')
})

story(
  'without a keychain the key is kept until quitting',
  { demo: { key: KEY }, keyring: false },
  async (app) => {
    await app.get('button', 'Connect a service').click()
    await fillConnectForm(app, { key: KEY, address: app.demo.url })
    await app.get('button', 'Connect').click()
    await app.get('button', 'Keep the key until I quit').appear(30)
    await app.get('button', 'Keep the key until I quit').click()
    await app.get('button', 'Start').click()
    await ask(app, 'hello', 'plain')
    await answer(app).says('The river rises')
    await app.restart()
    await ask(app, 'hello again', 'plain')
    await app.get('log', 'Conversation').says(/There is no key for/)
  },
)

story('no key is left lying about', { demo: { key: KEY } }, async (app) => {
  await connect(app)
  for (const model of ['plain', 'bad-key', 'server-error-always', 'html']) {
    await ask(app, `About ${model}`, model)
    await answered(app, 60)
  }
  const page = await app.run('return document.documentElement.outerHTML')
  assert.ok(!page.includes(KEY), 'the window never gets a key back')
  await app.quit()
  assert.ok(!app.output().includes(KEY), 'a key must not be logged')
  assert.deepEqual(filesHolding(app.home, KEY), [], 'a key must not lie in the folder')
  assert.deepEqual(filesHolding(app.deskHome, KEY), [], 'a key must not lie in the home folder')
})

function filesHolding(folder, words) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  return paths.filter((path) => readFileSync(path).includes(words))
}
