import assert from 'node:assert/strict'
import { story } from '../harness/story.js'
import { inChinese, inEnglish } from '../harness/words.js'

const LOOKS = [
  { name: 'light', says: inEnglish },
  { name: 'dark', says: inEnglish, wish: { dark: true } },
  { name: 'chinese', says: inChinese, wish: { language: 'zh_CN.UTF-8' } },
]
const SETTINGS = ['services', 'models', 'tools', 'appearance', 'bin', 'privacy', 'help', 'about']

for (const { name, says, wish } of LOOKS) {
  story(`open to everybody, ${name}`, wish, async (app) => {
    const look = async (what) => {
      await app.shot(`${what}-${name}`)
      assert.deepEqual(await app.axe(), [], `${what} in ${name} must be open to everybody`)
    }
    await app.get('dialog', says('welcome_name')).appear()
    await look('welcome')
    await app.get('button', says('welcome_demo')).click()
    await app.get('dialog', says('welcome_name')).vanish()
    await look('empty')

    await app.get('textbox', says('chat_message')).fill('Show me a table and some code')
    await app.get('button', says('chat_send')).click()
    await app.get('button', says('chat_copy_code')).at(0).appear(60)
    await app.get('resting', says('chat_send')).appear(60)
    await look('chat')
    await app.resize(820, 640)
    await look('chat-820')
    await app.resize(1280, 800)

    await app.get('link', says('place_settings')).click()
    for (const part of SETTINGS) {
      const words = says(`settings_${part}`)
      await app
        .get('list', says('place_settings'))
        .get('link', new RegExp(`^${words}`))
        .click()
      await app.get('heading', words).at(0).appear()
      await look(`settings-${part}`)
    }
  })
}
