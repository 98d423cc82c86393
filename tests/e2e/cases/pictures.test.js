import assert from 'node:assert/strict'
import { answer, answered, ask, choose, chooseModel, connect, lastAsked } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }

/** The picture of the newest answer, drawn. */
async function drawn(app, name = 'Green hills') {
  await answer(app).get('button', name).appear()
  const width = () => app.run(() => [...document.querySelectorAll('article img')].at(-1)?.naturalWidth ?? 0)
  const deadline = Date.now() + 10_000
  while ((await width()) === 0 && Date.now() < deadline) await new Promise((go) => setTimeout(go, 100))
  assert.ok((await width()) > 0, 'its pixels are here')
}

story('a picture in an answer is kept, and shown when its link is dead', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Draw hills.', 'picture-markdown')
  await answered(app)
  await drawn(app)
  await app.shot('picture-answer')
  assert.deepEqual(await app.axe(), [], 'a picture is open to everybody')
  await app.demo.unplug()
  await app.restart()
  await app
    .get('list', 'Conversations')
    .get('button', /^Draw hills/)
    .click()
  await drawn(app)
  await answer(app).get('button', 'Green hills').click()
  const viewer = app.get('dialog', 'Green hills')
  await viewer.get('button', 'Save original').appear()
  await app.shot('picture-viewer')
  assert.deepEqual(await app.axe(), [], 'large too')
  await app.press('Escape')
  await viewer.vanish()
})

story('a picture that does not come says why', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Draw hills.', 'picture-gone')
  await answered(app)
  await answer(app).says('The link to this picture no longer works.')
  await answer(app).get('button', 'Try again').at(0).appear()
  await app.shot('picture-gone')
  await ask(app, 'Draw hills.', 'picture-inside')
  await answered(app)
  await answer(app).says('leads to a private address')
})

story('Midjourney over chat: a bar while it cooks, then buttons', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Hills at dawn --ar 3:2', 'mj-chat')
  await answer(app).get('progressbar', 'How far the picture is').appear()
  await app.shot('midjourney-cooking')
  await answered(app)
  await drawn(app)
  await answer(app).get('progressbar', 'How far the picture is').vanish()
  await app.shot('midjourney-done')
  assert.deepEqual(await app.axe(), [], 'the buttons are open to everybody')
  await answer(app).get('button', 'Take picture 2').click()
  await app.get('log', 'Conversation').get('article', 'You').at(-1).says('/UPSCALE 17 2')
  await answered(app)
  await drawn(app, 'Picture 2')
})

story('a GPT by its address, among the favourites', { demo }, async (app) => {
  await connect(app)
  await app.get('combobox', 'Model').click()
  await app.get('button', 'Use a GPT').click()
  const dialog = app.get('dialog', 'Use a GPT')
  await dialog.get('textbox', 'Address of the GPT').fill('https://example.org/')
  await dialog.says('This is not the address of a GPT')
  await dialog.get('textbox', 'Address of the GPT').fill('https://chatgpt.com/g/g-Rivers123-river-guide')
  await dialog.says('It is asked for as gpt-4-gizmo-g-Rivers123.')
  assert.equal(await dialog.get('textbox', 'Call it').value(), 'River guide')
  await app.shot('gpt')
  assert.deepEqual(await app.axe(), [], 'the dialog is open to everybody')
  await dialog.get('button', 'Use it').click()
  await dialog.vanish()
  await ask(app, 'Where does it rise?')
  await answered(app)
  await answer(app).says('The river rises in the hills. It reaches the sea.')
  assert.equal((await lastAsked(app)).model, 'gpt-4-gizmo-g-Rivers123')
  await app.restart()
  await chooseModel(app, 'plain')
  await choose(app, 'Model', /^River guide/)
})
