// Typing on the desk while four models answer side by side, 200 words a second each: from the press of a key to the frame
// that shows its letter.

import { setTimeout as pause } from 'node:timers/promises'
import { launch } from '../../tests/e2e/harness/app.js'
import { median, repeat } from '../median.js'
import { askSeveral, connect } from '../steps.js'

const MODELS = ['steady', 'steady-2', 'steady-3', 'steady-4']
const LETTERS = 'a person types on while others speak '
/** Milliseconds between two letters: a quick typist. */
const PACE = 60

export async function typing({ runs }) {
  const app = await launch({ profile: 'release', demo: { script: 'tests' } })
  try {
    await connect(app)
    await askSeveral(app, MODELS)
    const seen = await repeat(runs, () => once(app))
    return [
      {
        name: 'Typing while four models write 200 words a second each: key to paint, 95 in a hundred',
        unit: 'ms',
        value: median(seen),
        aim: { atMost: 33 },
      },
    ]
  } finally {
    await app.close()
  }
}

async function once(app) {
  await app.get('textbox', 'Message').fill('Write at length.')
  await app.get('button', 'Send').click()
  await app.get('button', 'Stop all').appear()
  await app.get('textbox', 'Message').click()
  await pause(3000)
  await app.run(watch)
  for (const letter of LETTERS + LETTERS) {
    await app.type(letter)
    await pause(PACE)
  }
  const took = await app.run(() => window.__typing.toSorted((one, other) => one - other))
  if (took.length < LETTERS.length) throw new Error(`only ${took.length} letters were seen`)
  await app.get('button', 'Stop all').click()
  await app.get('resting', 'Send').appear()
  await app.get('textbox', 'Message').fill('')
  return took[Math.floor(took.length * 0.95)]
}

/** Runs inside the page: the milliseconds from each key to the first turn of the loop after the frame with its letter. */
function watch() {
  window.__typing = []
  const { port1, port2 } = new MessageChannel()
  const pressed = []
  port1.onmessage = () => window.__typing.push(performance.now() - pressed.shift())
  addEventListener(
    'keydown',
    ({ timeStamp }) => {
      pressed.push(timeStamp)
      requestAnimationFrame(() => port2.postMessage(0))
    },
    { capture: true },
  )
}
