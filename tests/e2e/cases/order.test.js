import assert from 'node:assert/strict'
import { answered, ask, connect, conversation } from '../harness/steps.js'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

const demo = { script: 'tests' }
const TITLES = ['Tomatoes on the balcony', 'Windows and doors', 'Trains to Ljubljana']

/** A conversation for each question; titles are its first words. */
async function talkAbout(app, questions, says = inEnglish) {
  for (const question of questions) {
    await app.get('button', says('chat_new')).at(0).click()
    await app.get('textbox', says('chat_message')).fill(question)
    await app.get('button', says('chat_send')).click()
    await app.get('resting', says('chat_send')).appear(30)
    await app
      .get('list', says('chat_conversations'))
      .get('button', new RegExp(`^${question}`))
      .appear()
  }
}

const rows = (app) => app.get('list', 'Conversations')
const folder = (app, name, count) =>
  rows(app).get('button', new RegExp(count === undefined ? `^${name}\\b` : `^${name} ${count} conv`))

async function choose(app, menu, item) {
  await app.get('button', menu).click()
  await app.get('menuitem', item).click()
}

story('folders, the archive, and taking it back', { demo }, async (app) => {
  await connect(app)
  await talkAbout(app, TITLES)
  await choose(app, 'How the list is shown', 'New folder…')
  await app.get('textbox', 'Name').fill('Garden')
  await app.press('Enter')
  await folder(app, 'Garden').appear()

  await choose(app, /^More about “Tomatoes/, 'Move to a folder')
  await app.get('option', /^Garden/).click()
  await app.sees('The conversation is in “Garden”.')
  await app.get('button', 'Close').at(-1).click()
  await folder(app, 'Garden', 1).appear()
  await folder(app, 'Garden').click()
  await conversation(app, 'Tomatoes').vanish()
  await folder(app, 'Garden').click()
  await conversation(app, 'Tomatoes').appear()

  await app.drag(conversation(app, 'Windows'), folder(app, 'Garden'))
  await folder(app, 'Garden', 2).appear()
  await app.get('button', 'Undo').at(-1).click()
  await folder(app, 'Garden', 1).appear()

  await choose(app, /^More about “Trains/, 'Archive')
  await conversation(app, 'Trains').vanish()
  await app.restart()
  await folder(app, 'Garden', 1).appear()
  await conversation(app, 'Trains').vanish()
  await choose(app, 'How the list is shown', 'Show the archive')
  await conversation(app, 'Trains').appear()
  assert.deepEqual(await app.axe(), [], 'the archive must be open to everybody')
  await choose(app, /^More about “Trains/, 'Take out of the archive')
  await app.sees('Nothing is in the archive.')
  await app.get('button', 'Back to the list').click()
  await conversation(app, 'Trains').appear()

  await choose(app, 'More about the folder “Garden”', 'Remove the folder')
  await folder(app, 'Garden').vanish()
  await app.sees('The folder “Garden” is removed.')
  await app.get('button', 'Undo').at(-1).click()
  await folder(app, 'Garden', 1).appear()
})

story('several at once', { demo }, async (app) => {
  await connect(app)
  await talkAbout(app, TITLES)
  await choose(app, 'How the list is shown', 'Select')
  await conversation(app, 'Tomatoes').click()
  await conversation(app, 'Trains').click()
  const bar = app.get('toolbar', 'Selected conversations')
  await bar.says('2 selected')
  assert.deepEqual(await app.axe(), [], 'selecting must be open to everybody')
  await bar.get('button', 'Pin').click()
  await app.sees('2 conversations stay on top.')
  await app.sees('Pinned')

  await choose(app, 'How the list is shown', 'Select')
  await bar.get('button', 'Select all').click()
  await bar.says('3 selected')
  await bar.get('button', 'Delete').click()
  await app.sees('Your conversations will appear here.')
  await app.sees('3 conversations are in the recycle bin.')
  await app.get('button', 'Undo').at(-1).click()
  await conversation(app, 'Windows').appear()
  assert.equal(await conversation(app).count(), 3, 'all are back')
})

story('what was said is found again, two Chinese signs too', { demo }, async (app) => {
  await connect(app)
  await talkAbout(app, ['Tomatoes on the balcony'])
  await ask(app, '请把这份豆腐菜谱翻译成英文')
  await answered(app)
  for (const more of ['What else?', 'And then?', 'And at last?']) {
    await ask(app, more)
    await answered(app)
  }
  await app.restart()
  await app.get('searchbox', 'Search conversations').type('豆腐')
  const hit = rows(app).get('button', /豆腐/)
  await hit.says('You:')
  assert.deepEqual(await app.axe(), [], 'what was found must be open to everybody')
  await hit.click()
  const said = app.get('log', 'Conversation').get('article', 'You').at(0)
  await app.get('search', 'Find in this conversation').says('1 of 1')
  await app.sees('请把这份豆腐菜谱翻译成英文')
  const inView = await app.run(() => {
    const log = document.querySelector('[role=log]').getBoundingClientRect()
    const article = [...document.querySelectorAll('[role=log] article')].find((one) =>
      one.innerText.includes('豆腐'),
    )
    const { top } = article.getBoundingClientRect()
    return top >= log.top - 1 && top < log.bottom
  })
  assert.ok(inView, 'the message is in view')
  assert.ok(await said.isThere())

  await app.get('searchbox', 'Find in this conversation').fill('then')
  await app.get('search', 'Find in this conversation').says(/\d of \d/)
  await app.press('Escape')
  await app.get('search', 'Find in this conversation').vanish()
  await app.press('Control+F')
  await app.get('search', 'Find in this conversation').appear()
})

// The system's own dialog cannot be driven here; what is written is told by the engine's tests.
story('export offers three forms, and copying says so', { demo }, async (app) => {
  await connect(app)
  await talkAbout(app, ['Tomatoes on the balcony'])
  await choose(app, 'More about this conversation', 'Export…')
  const dialog = app.get('dialog', 'Export the conversation')
  for (const form of ['Markdown', 'Web page', 'JSON'])
    await dialog.get('radio', new RegExp(`^${form}`)).click()
  assert.deepEqual(await app.axe(), [], 'exporting must be open to everybody')
  await dialog.get('button', 'Cancel').click()
  await choose(app, 'More about this conversation', 'Copy conversation')
  await app.sees('The conversation is on the clipboard.')
})

const LOOKS = [
  { name: 'light', says: inEnglish },
  { name: 'dark', says: inEnglish, wish: { dark: true } },
  { name: 'chinese', says: inChinese, wish: { language: 'zh_CN.UTF-8' } },
]

for (const { name, says, wish } of LOOKS) {
  story(`order looks right, ${name}`, wish, async (app) => {
    await app.get('button', says('welcome_demo')).click()
    await app.get('dialog', says('welcome_name')).vanish(60)
    await app.get('button', says('chat_new')).at(0).appear(60)
    await talkAbout(app, [...TITLES, '雨天的城市'], says)
    await choose(app, says('order_list_menu'), says('order_folder_new_dots'))
    await app.get('textbox', says('order_folder_name')).fill('Museum')
    await app.shot(`order-folder-dialog-${name}`)
    await app.press('Enter')
    const more = says('chat_row_more').split('{title}')[0]
    await app.get('button', new RegExp(`^${more}Tomatoes`)).click()
    await app.shot(`order-menu-${name}`)
    await app.get('menuitem', says('order_move')).click()
    await app.get('option', /^Museum/).appear()
    await app.shot(`order-move-${name}`)
    await app.get('option', /^Museum/).click()
    await app.shot(`order-folders-${name}`)
    await app.get('button', says('order_list_menu')).click()
    await app.shot(`order-list-menu-${name}`)
    await app.get('menuitem', says('order_select')).click()
    await app
      .get('list', says('chat_conversations'))
      .get('button', /^Tomatoes/)
      .click()
    await app.shot(`order-select-${name}`)
    await app.get('button', says('order_select_end')).click()
    const mine = new RegExp(`${says('chat_you')}[:：]`)
    await app.get('searchbox', says('chat_search')).type('the')
    await app.get('list', says('chat_conversations')).get('button', mine).at(0).appear()
    await app.shot(`order-search-${name}`)
    await app.get('list', says('chat_conversations')).get('button', mine).at(0).click()
    await app.get('search', says('find_in')).says(/\d/)
    await app.shot(`order-hit-${name}`)
    await app.resize(820, 640)
    await app.shot(`order-hit-820-${name}`)
    await choose(app, says('chat_more'), says('export_dots'))
    await app.shot(`order-export-820-${name}`)
    await app.press('Escape')
    await app.press('Control+Shift+F')
    await app.shot(`order-drawer-820-${name}`)
  })
}

story('whatever was deleted lies in one bin and goes back to where it was', { demo }, async (app) => {
  await connect(app)
  await ask(app, 'Name a river.', 'echo')
  await answered(app)
  await ask(app, 'Name a lake.')
  await answered(app)
  const said = app.get('log', 'Conversation').get('article')
  await said.at(1).get('button', 'Delete').click()
  await app.sees('Undo')
  await app.restart()
  await app.get('link', 'Settings').click()
  await app.get('list', 'Settings').get('link', 'Recycle bin').click()
  await app.sees('Message in “Name a river”')
  await app.shot('bin')
  assert.deepEqual(await app.axe(), [])
  await app
    .get('list', 'Recycle bin')
    .get('button', /^Restore/)
    .click()
  await app.sees('The recycle bin is empty.')
  await app.get('button', 'Open').click()
  await said.at(3).appear()
})
