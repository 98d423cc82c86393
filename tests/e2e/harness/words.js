// The words of the window in another language, so that a story can look for them by their key.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './places.js'

const chinese = load('zh-CN')

/** What the window says in Chinese for a key of ui/messages. */
export function inChinese(key) {
  const words = chinese[key]
  if (typeof words !== 'string') throw new Error(`ui/messages/zh-CN has no plain words for ${key}`)
  return words
}

function load(language) {
  const folder = join(root, 'ui/messages', language)
  const files = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
  return Object.assign({}, ...files)
}
