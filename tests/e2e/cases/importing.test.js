import assert from 'node:assert/strict'
import { answered, ask, connect } from '../harness/steps.js'
import { drawn } from '../harness/png.js'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

const demo = { script: 'tests' }
const TOLD =
  'a lighthouse at night\nNegative prompt: people\nSteps: 20, Sampler: Euler a, Seed: 4207, Size: 64x48, Model: dream_8'

const grid = (app, says = inEnglish) => app.get('grid', says('place_pictures'))

/** Pastes files beside the desk, as from a file manager. The system's own dialog cannot be driven here. */
async function paste(app, ...files) {
  await app.run(
    (all) => {
      const data = new DataTransfer()
      for (const [name, base64] of all) {
        const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        data.items.add(new File([content], name, { type: 'image/png' }))
      }
      document.activeElement?.blur()
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      document.body.dispatchEvent(event)
    },
    files.map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]),
  )
}

story('pictures of one’s own come in once, tell how they were made, and go again', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await app.get('button', 'Import').click()
  await app.get('menuitem', 'Folder…').appear()
  await app.shot('import-menu')
  assert.deepEqual(await app.axe(), [], 'importing is open to everybody')
  await app.press('Escape')
  await paste(app, ['sea.png', drawn(64, 48, { parameters: TOLD })])
  await app.sees('1 picture is imported.')
  const tile = grid(app).get('gridcell', /^a lighthouse at night, /)
  await tile.appear()
  await app.get('button', 'Undo').at(-1).click()
  await tile.vanish()
  await paste(app, ['sea.png', drawn(64, 48, { parameters: TOLD })])
  await tile.appear()
  await paste(app, ['again.png', drawn(64, 48, { parameters: TOLD })])
  await app.sees('1 was here already.')
  assert.equal(await grid(app).get('gridcell').count(), 1)
  await app.restart()
  await app.get('link', 'Pictures').click()
  await tile.click()
  for (const words of ['dream_8', '4207', 'Euler a', 'people']) await app.sees(words)
  await app.shot('imported-picture')
  assert.deepEqual(await app.axe(), [], 'an imported picture is open to everybody')
})

story('what is no picture is said in one sentence and leaves nothing', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  const bomb = drawn(64, 48)
  bomb.writeUInt32BE(60_000, 16)
  bomb.writeUInt32BE(60_000, 20)
  const program =
    '<svg xmlns="http://www.w3.org/2000/svg" onload="window.__pwned=1"><script>window.__pwned=1</script></svg>'
  for (const [name, bytes] of [
    ['bomb.png', bomb],
    ['cut.png', drawn(600, 400).subarray(0, 700)],
    ['program.png', program],
    ['../../../../.profile', 'PATH=/tmp'],
  ]) {
    await paste(app, [name, bytes])
    await app.sees('1 file is no picture that Medley can draw.')
  }
  assert.equal(await app.run(() => window.__pwned), null)
  await paste(app, ['..\\..\\good\n\u202egnp.exe', drawn(32, 32)])
  await app.sees('1 picture is imported.')
  assert.equal(await grid(app).get('gridcell').count(), 1)
})

story('from a picture of a chat to its message, and back to where it is too', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Draw hills.', 'picture-markdown')
  await answered(app)
  await ask(app, 'And now?', 'plain')
  await answered(app)
  await app.get('button', 'New chat').at(0).click()
  await app.press('Control+2')
  await grid(app).get('gridcell').at(0).click()
  await app.get('button', 'Go to the message').click()
  await app.get('log', 'Conversation').get('button', 'Green hills').appear()
  await app.shot('go-to-message')
  await app.get('button', 'New chat').at(0).click()
  await ask(app, 'Draw hills again.', 'picture-markdown')
  await answered(app)
  await app.press('Control+2')
  await grid(app).get('gridcell').at(0).click()
  await app.get('list', 'Same picture in 2 places').appear()
  await app.shot('same-picture')
  assert.deepEqual(await app.axe(), [], 'places are open to everybody')
})

story(
  'a chat model improves the prompt and describes a picture; mine is never lost',
  { demo },
  async (app) => {
    await connect(app)
    await app.press('Control+2')
    await app.get('textbox', 'Describe your picture').fill('A boat on a pond')
    await app.get('button', 'Improve my prompt').click()
    const dialog = app.get('dialog', 'Improve my prompt')
    await dialog.get('combobox', 'Written by').click()
    await app.type('plain')
    await app.press('Enter')
    await dialog.get('button', 'Suggest').click()
    await dialog.get('button', 'Use it').appear()
    await app.shot('improve')
    assert.deepEqual(await app.axe(), [], 'improving is open to everybody')
    await dialog.get('button', 'Use it').click()
    const box = app.get('textbox', 'Describe your picture')
    assert.notEqual(await box.value(), 'A boat on a pond')
    await app.get('button', 'Undo').at(-1).click()
    assert.equal(await box.value(), 'A boat on a pond')

    await paste(app, ['sea.png', drawn(64, 48)])
    await grid(app).get('gridcell').at(0).click()
    await app.get('button', 'Describe').click()
    const describing = app.get('dialog', 'A prompt for this picture')
    await describing.get('combobox', 'Written by').click()
    await app.type('plain')
    await app.press('Enter')
    await describing.get('button', 'Describe it').click()
    await describing.get('button', 'Use as prompt').appear()
    await app.shot('describe')
    await describing.get('button', 'Use as prompt').click()
    assert.notEqual(await box.value(), 'A boat on a pond')
  },
)

for (const [name, says, wish] of [
  ['light', inEnglish, {}],
  ['dark', inEnglish, { dark: true }],
  ['chinese', inChinese, { language: 'zh_CN.UTF-8' }],
]) {
  story(`importing looks right, ${name}`, { demo, ...wish }, async (app) => {
    await app.get('button', says('welcome_demo')).click()
    await app.get('dialog', says('welcome_name')).vanish(60)
    await app.get('textbox', says('chat_message')).appear()
    await app.get('link', says('place_pictures')).at(0).click()
    await app.get('textbox', says('pictures_describe')).fill('A boat')
    await app.shot(`import-empty-${name}`)
    for (let at = 1; at < 7; at++) await paste(app, ['sea.png', drawn(40 * at, 200, { parameters: TOLD })])
    await grid(app, says).get('gridcell').at(5).appear()
    await app.shot(`imported-${name}`)
    await app.get('button', says('style_words')).click()
    await app.shot(`styles-${name}`)
    assert.deepEqual(await app.axe(), [], 'styles are open to everybody')
    await app.press('Escape')
    await app.get('button', says('words_improve')).click()
    await app.shot(`improve-${name}`)
    await app.press('Escape')
    await grid(app, says).get('gridcell').at(0).click()
    await app.get('button', says('words_describe')).appear()
    await app.shot(`imported-page-${name}`)
    await app.resize(820, 640)
    await app.shot(`imported-page-820-${name}`)
    await app.press('Escape')
    await app.shot(`imported-820-${name}`)
    assert.deepEqual(await app.axe(), [], 'the gallery at 820 is open to everybody')
  })
}
