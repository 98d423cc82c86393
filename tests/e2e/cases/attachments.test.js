import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import { kept, paste } from '../harness/files.js'
import { answer, answered, ask, chooseModel, connect } from '../harness/steps.js'
import { story } from '../harness/story.js'

const demo = { script: 'tests' }
const chips = (app) => app.get('list', 'Attached files')

story(
  'a PDF is shown before it is sent, survives a power cut, and is sent as its text',
  { demo },
  async (app) => {
    await connect(app)
    await paste(app, 'house-rules.pdf', 'application/pdf', readFileSync(kept('house-rules.pdf')))
    await chips(app).get('button', 'house-rules.pdf, PDF, 6 pages').click()
    const dialog = app.get('dialog', 'house-rules.pdf')
    await dialog.says('A water butt on the roof is allowed')
    assert.deepEqual(await app.axe(), [], 'what is sent must be open to everybody')
    await app.shot('attach-shown')
    await app.press('Escape')
    await dialog.vanish()
    await app.shot('attach-desk')

    // A power cut between attaching and sending loses nothing.
    await app.kill9()
    await app.open()
    await chips(app).get('button', 'house-rules.pdf, PDF, 6 pages').appear()
    await ask(app, 'May I have a water butt?', 'echo')
    await answered(app)
    await answer(app).says('A water butt on the roof is allowed')
    const asked = app.get('log', 'Conversation').get('article', 'You').at(-1)
    await asked.get('button', 'house-rules.pdf, PDF, 6 pages').appear()
    await app.shot('attach-slip')
  },
)

story('every kind is read, and what cannot be read says why', { demo }, async (app) => {
  await connect(app)
  for (const [name, chip] of [
    ['letter.docx', /^letter.docx, Word text/],
    ['budget.xlsx', 'budget.xlsx, workbook, 2 sheets'],
    ['locked.pdf', /^locked.pdf, file, This file opens with a password only/],
  ]) {
    await paste(app, name, 'application/octet-stream', readFileSync(kept(name)))
    await chips(app).get('button', chip).appear()
  }
  await paste(app, 'bomb.docx', 'application/octet-stream', bomb())
  await chips(app)
    .get('button', /^bomb.docx, file, This file unpacks to more than can be read/)
    .appear(60)
  await app.shot('attach-failed')
  await app.get('textbox', 'Message').fill('What is in them?')
  await app.get('button', 'Send').click()
  await app.sees('A file could not be read, so nothing was sent.')
  for (const name of ['locked.pdf', 'bomb.docx']) await chips(app).get('button', `Remove ${name}`).click()
  await chooseModel(app, 'echo')
  await app.get('button', 'Send').click()
  await answered(app)
  await answer(app).says('About the roof')
  await answer(app).says('Soil, 40 l')
})

story('a picture is pasted, seen, and refused by a model without eyes', { demo }, async (app) => {
  await connect(app)
  await paste(app, 'image.png', 'image/png', png())
  await chips(app)
    .get('button', /^Pasted picture.png, picture/)
    .appear()
  await ask(app, 'What is it?', 'blind')
  await answer(app).says('blind does not look at pictures.')
  const [last] = (await app.demo.requests()).slice(-1)
  assert.equal(last.body.messages.at(-1).content[1].image_url.detail, 'auto', 'it went along as a part')
  await app.shot('attach-picture')
})

/** A text of Word that unpacks to 400 million blanks. */
function bomb() {
  const blanks = deflateRawSync(Buffer.alloc(400_000_000, ' '), { level: 9 })
  const name = Buffer.from('word/document.xml')
  const head = Buffer.alloc(26)
  head.writeUInt16LE(20, 0)
  head.writeUInt16LE(8, 4)
  head.writeUInt32LE(blanks.length, 14)
  head.writeUInt32LE(400_000_000, 18)
  head.writeUInt16LE(name.length, 22)
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), head, name, blanks])
  const listed = Buffer.alloc(42)
  head.copy(listed, 2, 0, 24)
  listed.writeUInt16LE(20, 0)
  const central = Buffer.concat([Buffer.from('PK\x01\x02'), listed, name])
  const end = Buffer.alloc(18)
  end.writeUInt16LE(1, 4)
  end.writeUInt16LE(1, 6)
  end.writeUInt32LE(central.length, 8)
  end.writeUInt32LE(local.length, 12)
  return Buffer.concat([local, central, Buffer.from('PK\x05\x06'), end])
}

/** A picture of 3 x 2 pixels. */
function png() {
  return Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAHElEQVR4nGNgYKgIYKhYwFDBwJBSEZBSsSClAgAwIAXdL5T8TwAAAABJRU5ErkJggg==',
    'base64',
  )
}
