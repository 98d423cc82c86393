// A test that tells what one person does with the app, from an opened window to a closed one.

import { test } from 'node:test'
import { launch } from './app.js'

/**
 * @param {string} name what the person achieves
 * @param {Parameters<typeof launch>[0]} wish how the app is opened
 * @param {(app: Awaited<ReturnType<typeof launch>>) => Promise<void>} tell
 */
export function story(name, wish, tell) {
  test(name, { timeout: 180_000 }, async (t) => {
    const app = await launch(wish)
    try {
      await tell(app)
    } catch (error) {
      t.diagnostic(`the window: ${await app.shot(`failed-${slug(name)}`).catch((why) => why.message)}`)
      t.diagnostic(`the program said:\n${app.output()}`)
      throw error
    } finally {
      await app.close()
    }
  })
}

function slug(name) {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-')
}
