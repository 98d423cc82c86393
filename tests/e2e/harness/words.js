// The words of the window in each language, so that a story can look for them by their key.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './places.js'

export const inEnglish = words('en')
export const inChinese = words('zh-CN')

/** What the window says for a key of ui/messages. */
function words(language) {
  const folder = join(root, 'ui/messages', language)
  const files = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  const all = Object.assign({}, ...files)
  return (key) => {
    if (typeof all[key] === 'string') return all[key]
    throw new Error(`ui/messages/${language} has no plain words for ${key}`)
  }
}
