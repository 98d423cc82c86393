// 20,000 deltas as fast as the demo can send them: first byte to last text on the screen, beside curl receiving
// the same stream; and the longest time for which the page could not answer meanwhile.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { launch } from '../../tests/e2e/harness/app.js'
import { median, repeat } from '../median.js'
import { chooseModel, connect } from '../steps.js'

const LAST_WORDS = 'That was delta 20000.'
const run = promisify(execFile)

export async function firehose({ runs }) {
  const app = await launch({ profile: 'release', demo: { script: 'tests' } })
  try {
    await connect(app)
    await onScreen(app) // The first fills caches: not counted.
    const seen = await repeat(runs, async () => {
      const curl = await byCurl(app.demo)
      const { took, longest } = await onScreen(app)
      return { curl: curl.took, took: took - curl.untilFirstByte, longest }
    })
    return [
      {
        name: '20,000 deltas, first byte to last text on the screen',
        unit: 'ms',
        value: median(seen.map(({ took }) => took)),
        beside: {
          name: 'curl receiving the same',
          value: median(seen.map(({ curl }) => curl)),
        },
        aim: { ratioAtMost: 1.15 },
      },
      {
        name: "Longest task on the page's main thread meanwhile",
        unit: 'ms',
        value: median(seen.map(({ longest }) => longest)),
        aim: { atMost: 50 },
      },
    ]
  } finally {
    await app.close()
  }
}

/** Milliseconds from the request to the first byte, and from that to the last. */
async function byCurl(demo) {
  const body = JSON.stringify({
    model: 'firehose',
    stream: true,
    messages: [{ role: 'user', content: 'Go' }],
  })
  const written = '%{time_starttransfer} %{time_total}'
  const args = ['-sN', '-o', '/dev/null', '-w', written, '-H', 'content-type: application/json', '-d', body]
  const { stdout } = await run('curl', [...args, `${demo.url}/v1/chat/completions`])
  const [first, last] = stdout.split(' ').map(Number)
  return { untilFirstByte: first * 1000, took: (last - first) * 1000 }
}

/** Milliseconds from the request's arrival to the last words on the screen, and of the longest task from the click on. */
async function onScreen(app) {
  await app.get('button', 'New chat').click()
  await app.demo.clear()
  await chooseModel(app, 'firehose')
  await app.get('textbox', 'Message').fill('Go')
  await app.run(watch, LAST_WORDS)
  // From here on nothing may look at the page: what looks, holds it up.
  await app.get('button', 'Send').click()
  const { at, longest } = await app.runAsync((done) => window.__firehose.then(done))
  const request = (await app.demo.requests()).find(
    ({ path, body }) => path.includes('/chat/completions') && body.stream,
  )
  return { took: at - request.at, longest }
}

/** Runs inside the page: notes when the last words are painted, and the longest pause between two turns of the loop. */
function watch(lastWords) {
  window.__firehose = new Promise((resolve) => {
    let longest = 0
    let before = performance.now()
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      const now = performance.now()
      longest = Math.max(longest, now - before)
      before = now
      setTimeout(() => port2.postMessage(0), 4)
    }
    const begin = () => {
      before = performance.now()
      port2.postMessage(0)
    }
    addEventListener('click', begin, { once: true, capture: true })
    const look = () => {
      const log = document.querySelector('[role=log]')
      if (!log?.textContent.includes(lastWords)) return requestAnimationFrame(look)
      requestAnimationFrame(() => {
        port1.close()
        resolve({ at: performance.timeOrigin + performance.now(), longest })
      })
    }
    requestAnimationFrame(look)
  })
}
