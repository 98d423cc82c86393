import assert from 'node:assert/strict'
import { answer, answered, ask } from '../harness/steps.js'
import { story } from '../harness/story.js'
import { inChinese } from '../harness/words.js'

story('a new person tries Medley without a key', {}, async (app) => {
  await app.get('dialog', 'Welcome').appear()
  assert.deepEqual(await app.axe(), [], 'the first screen must be open to everybody')
  await app.get('button', 'Try it without a key').click()
  await app.get('dialog', 'Welcome').vanish()
  await app.sees('This is a demonstration. Nothing leaves this computer.')
  await ask(app, 'How do I grow tomatoes on a balcony?')
  await answered(app, 60)
  assert.ok((await answer(app).text()).length > 200, 'the demonstration answers at some length')
  await app
    .get('list', 'Conversations')
    .get('button', /tomato/i)
    .at(0)
    .appear()
})

story('Chinese from the first screen on', { language: 'zh_CN.UTF-8' }, async (app) => {
  await app.get('dialog', inChinese('welcome_name')).appear()
  await app.get('button', inChinese('welcome_demo')).click()
  await app.get('textbox', inChinese('chat_message')).fill('怎样泡一壶好茶？')
  await app.get('button', inChinese('chat_send')).click()
  await app.get('resting', inChinese('chat_send')).appear(60)
  const log = app.get('log', inChinese('chat_log'))
  await log.get('article', inChinese('chat_you')).says('怎样泡一壶好茶')
  await log
    .get('article')
    .at(-1)
    .says(/\p{Script=Han}{4,}/u)
  assert.equal(
    await app.run('return document.documentElement.lang'),
    'zh-CN',
    'a screen reader must speak Chinese',
  )
})

story('a second start leaves the first window in peace', {}, async (app) => {
  await app.get('dialog', 'Welcome').appear()
  assert.equal(await app.startAgain(), 0, 'the second start hands over to the first and ends')
  assert.ok(await app.get('dialog', 'Welcome').isThere(), 'the first window goes on')
})
