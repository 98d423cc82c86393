import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { paste } from '../harness/files.js'
import { drawn, read } from '../harness/png.js'
import { connect } from '../harness/steps.js'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

const demo = { script: 'tests' }
const DESK = 'Describe your picture'
const [WIDTH, HEIGHT] = [320, 200]

const wells = (app) => app.get('list', 'Like these')

async function choose(app, engine) {
  await app.get('combobox', 'Made with').click()
  await app.type(engine)
  await app.press('Enter')
}

/** The newest request at a path of the images API, once it is there. */
async function asked(app, path) {
  const deadline = Date.now() + 15_000
  for (;;) {
    const found = (await app.demo.requests()).filter((seen) => seen.path.includes(`/images/${path}`)).at(-1)
    if (found) return found
    assert.ok(Date.now() < deadline, `nobody asked for ${path}`)
    await new Promise((go) => setTimeout(go, 100))
  }
}

/** Where a disc lies, as the brush paints it. */
const disc = (x, y, size) => (atX, atY) => 4 * ((atX - x) ** 2 + (atY - y) ** 2) <= size ** 2

story('a picture is changed where it was painted over, to the pixel', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await choose(app, 'gpt-image-1')
  await paste(app, 'roof.png', 'image/png', drawn(WIDTH, HEIGHT), DESK)
  await wells(app).get('img', 'roof.png').appear()
  await paste(app, 'wall.png', 'image/png', drawn(40, 40), DESK)
  await wells(app).get('img', 'wall.png').appear()
  await paste(app, 'notes.txt', 'text/plain', Buffer.from('words'), DESK)
  await app.sees('notes.txt is not a picture.')
  assert.equal(await wells(app).get('img').count(), 2)
  await app.shot('references')
  assert.deepEqual(await app.axe(), [], 'the wells are open to everybody')

  await app.get('textbox', DESK).fill('A red roof')
  await app.get('button', 'Paint on roof.png what should change').click()
  await app.get('application', 'Picture to paint on').appear()
  // The brush begins in the middle, 20 wide: a step is half of that.
  await app.press('Space', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'ArrowUp', 'Space')
  await app.press('x', '[', '[', 'Space', 'x')
  const seenPainted = await app.run(() => {
    const { width, height, clientWidth } = document.querySelector('[role=application] canvas')
    const pen = document.querySelector('[role=application] canvas').getContext('2d')
    const { data } = pen.getImageData(0, 0, width, height)
    return data.filter((value, at) => at % 4 === 3 && value > 0).length / (clientWidth / 320) ** 2
  })
  assert.ok(Math.abs(seenPainted - 530) < 80, `two dots less a smaller one are seen: ${seenPainted}`)
  await app.shot('brush')
  assert.deepEqual(await app.axe(), [], 'the brush is open to everybody')
  await app.press('Escape')
  await wells(app).get('img', 'roof.png, partly painted over').appear()

  await app.restart()
  await app.get('link', 'Pictures').click()
  await wells(app).get('img', 'roof.png, partly painted over').appear()
  await app.get('button', 'Paint on roof.png what should change').click()
  await app.get('button', 'Swap painted and clear').click()
  await app.get('button', 'Undo').click()
  await app.get('button', 'Done').click()
  await app.get('button', 'Create').click()
  const seen = await asked(app, 'edits')
  assert.deepEqual(
    seen.files.map(({ field, name, kind }) => [field, name, kind]),
    [
      ['image[]', 'picture.png', 'image/png'],
      ['image[]', 'picture.png', 'image/png'],
      ['mask', 'mask.png', 'image/png'],
    ],
  )
  assert.equal(seen.body.prompt, 'A red roof')
  const mask = read(await app.demo.file(seen.files[2].sha256))
  assert.deepEqual([mask.width, mask.height, mask.channels], [WIDTH, HEIGHT, 4])
  const painted = [disc(160, 100, 20), disc(130, 90, 20)]
  const erased = disc(130, 90, 10)
  const wrong = []
  for (let y = 0; y < HEIGHT; y++)
    for (let x = 0; x < WIDTH; x++) {
      const changes = painted.some((is) => is(x, y)) && !erased(x, y)
      if (mask.pixels[(y * WIDTH + x) * 4 + 3] !== (changes ? 0 : 255)) wrong.push([x, y])
    }
  assert.deepEqual(wrong, [], 'transparent exactly where it was painted')
  await app
    .get('grid', 'Pictures')
    .get('gridcell', /^A red roof, /)
    .appear()
})

story('the mouse paints, and a picture of the gallery is edited and varied', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await choose(app, 'dall-e-2')
  await app.get('textbox', DESK).fill('A paper boat')
  await app.get('button', 'Create').click()
  const boat = app.get('grid', 'Pictures').get('gridcell', /^A paper boat, /)
  await boat.at(0).click()
  await app.get('button', 'Edit a picture').appear()
  await app.shot('picture-made-from')
  assert.deepEqual(await app.axe(), [], 'the page of a picture is open to everybody')
  await app.get('button', 'Four more like it').click()
  const varied = await asked(app, 'variations')
  assert.deepEqual([varied.body.n, varied.body.prompt, varied.files.length], ['4', undefined, 1])

  await app.get('button', 'Edit a picture').click()
  const dialog = app.get('dialog', 'What should change?')
  await dialog.get('application', 'Picture to paint on').appear()
  await app.drag(dialog.get('application', 'Picture to paint on'), dialog.get('radio', 'Erase'))
  await app.shot('brush-mouse')
  // What is painted is kept when the brush is lifted, not when the dialog closes.
  await pause(600)
  await app.kill9()
  await app.open()
  await app.get('link', 'Pictures').click()
  await app.get('button', /^Paint on/).click()
  await dialog.get('button', 'Undo').click()
  await dialog.get('button', 'Redo').click()
  await dialog.get('button', 'Done').click()
  await app.get('textbox', DESK).fill('A paper boat with a flag')
  await app.get('button', 'Create').click()
  const seen = await asked(app, 'edits')
  const [image, mask] = await Promise.all(seen.files.map(({ sha256 }) => app.demo.file(sha256).then(read)))
  assert.deepEqual([image.width, image.height], [mask.width, mask.height])
  const clear = [...mask.pixels].filter((value, at) => at % 4 === 3 && value === 0).length
  assert.ok(clear > 1000, `a stroke of the mouse is more than a dot: ${clear}`)
  await app
    .get('grid', 'Pictures')
    .get('gridcell', /^A paper boat with a flag, /)
    .appear()
})

story('what a service does not have is said, put last, and tried again when told', { demo }, async (app) => {
  await connect(app)
  await app.press('Control+2')
  await choose(app, 'picture-501')
  await app.get('textbox', DESK).fill('A boat')
  await app.get('button', 'Create').click()
  await app.sees('127.0.0.1 says that it does not make pictures with picture-501.')
  await app.get('combobox', 'Made with').click()
  await app.type('501')
  await app.sees('Not offered by their service')
  await app.shot('not-offered')
  await app.press('Escape')
  await app.get('button', 'Try it anyway').click()
  await app.get('button', 'Try it anyway').vanish()
})

for (const [name, wish] of [
  ['dark', { dark: true }],
  ['chinese', { language: 'zh_CN.UTF-8' }],
]) {
  story(`the desk and the brush, ${name}`, wish, async (app) => {
    const says = name === 'chinese' ? inChinese : inEnglish
    await app.get('button', says('welcome_demo')).click()
    await app.get('dialog', says('welcome_name')).vanish()
    await app.get('link', says('place_pictures')).click()
    await app.get('combobox', says('pictures_made_with')).click()
    await app.type('gpt-image-1')
    await app.press('Enter')
    await paste(app, 'roof.png', 'image/png', drawn(WIDTH, HEIGHT), says('pictures_describe'))
    const list = app.get('list', says('pictures_like_these'))
    await list.get('img', 'roof.png').appear()
    await app.shot(`references-${name}`)
    assert.deepEqual(await app.axe(), [], 'the desk is open to everybody')
    await list.get('button', /涂|Paint on/).click()
    await app.press('Space', 'ArrowRight', 'ArrowRight', 'Space')
    await app.shot(`brush-${name}`)
    assert.deepEqual(await app.axe(), [], 'and the brush')
    await app.resize(820, 640)
    await app.shot(`brush-${name}-820`)
    await app.press('Escape')
    await app.shot(`references-${name}-820`)
    await app.get('button', says('style_words')).click()
    await app.get('button', says('style_watercolour')).click()
    await app.shot(`styles-${name}-820`)
    assert.deepEqual(await app.axe(), [], 'and the words of style')
  })
}
