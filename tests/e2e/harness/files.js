// Files for the desk, as the clipboard brings them.

import { join } from 'node:path'
import { root } from './places.js'

/** Documents that are kept for tests. */
export const kept = (name) => join(root, 'tests/fixtures/documents', name)

/** Pastes a file into the desk. */
export async function paste(app, name, type, bytes, desk = 'Message') {
  await app.get('textbox', desk).click()
  await app.run(
    (given, kind, base64) => {
      const data = new DataTransfer()
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      data.items.add(new File([content], given, { type: kind }))
      const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
      document.activeElement.dispatchEvent(event)
    },
    name,
    type,
    Buffer.from(bytes).toString('base64'),
  )
}
