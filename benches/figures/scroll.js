// Scrolling through a conversation of 10,000 messages from the top to the bottom: the slowest frame of the page, how
// many message nodes it ever held, and what memory it cost.

import { launch } from '../../tests/e2e/harness/app.js'
import { pssOfGroup } from '../memory.js'
import { median, repeat } from '../median.js'
import { openLongConversation } from '../steps.js'

/** Pixels scrolled in each frame: a fast wheel. */
const STEP = 1600

export async function scroll({ runs, home }) {
  const app = await launch({ profile: 'release', home })
  try {
    await openLongConversation(app)
    await app.runAsync(topToBottom, STEP) // The first reads everything from disk once: not counted.
    const before = pssOfGroup(app.group)
    const seen = await repeat(runs, () => app.runAsync(topToBottom, STEP))
    const after = pssOfGroup(app.group)
    return [
      {
        name: 'Scrolling through 10,000 messages: the slowest frame in a hundred',
        unit: 'ms',
        value: median(seen.map(({ slow }) => slow)),
        aim: { atMost: 32 },
      },
      {
        name: 'The slowest frame of all',
        unit: 'ms',
        value: median(seen.map(({ slowest }) => slowest)),
        aim: { atMost: 32 },
      },
      {
        name: 'Most message nodes in the page meanwhile',
        unit: '',
        value: Math.max(...seen.map(({ nodes }) => nodes)),
        aim: { atMost: 79 },
      },
      {
        name: 'Memory after scrolling through it so many times',
        unit: 'MB',
        value: after / 1e6,
        beside: { name: 'before', value: before / 1e6 },
        aim: { ratioAtMost: 1.1 },
      },
    ]
  } finally {
    await app.close()
  }
}

/** Runs inside the page: one step for each frame, until the end is reached. */
function topToBottom(step, done) {
  const log = document.querySelector('[role=log]')
  log.scrollTop = 0
  const frames = []
  let nodes = 0
  let before
  const next = (now) => {
    if (before !== undefined) frames.push(now - before)
    before = now
    nodes = Math.max(nodes, log.querySelectorAll('article').length)
    if (log.scrollTop + log.clientHeight >= log.scrollHeight - 1) {
      frames.sort((one, other) => one - other)
      return done({ slow: frames[Math.floor(frames.length * 0.99)], slowest: frames.at(-1), nodes })
    }
    log.scrollTop += step
    requestAnimationFrame(next)
  }
  // The jump to the top is no step of the way.
  setTimeout(() => requestAnimationFrame(next), 1000)
}
