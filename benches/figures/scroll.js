// Scrolling through a conversation of 10,000 messages from the top to the bottom: the slowest frame of the page, how
// many message nodes it ever held, and what memory it cost.

import { setTimeout as pause } from 'node:timers/promises'
import { launch } from '../../tests/e2e/harness/app.js'
import { pssOfGroup } from '../memory.js'
import { openLongConversation } from '../steps.js'

/** Pixels scrolled in each frame: a fast wheel. */
const STEP = 1600
/** A driver hears nothing for so long at most, milliseconds: a slow way is gone in pieces. */
const PIECE = 40_000
/** Pieces after which nobody waits for the end any more. */
const PATIENCE = 15

export async function scroll({ home }) {
  const app = await launch({ profile: 'release', home })
  try {
    await openLongConversation(app)
    // The first reads everything from disk once and is not counted. Each goes through thousands of frames: one says enough.
    await once(app)
    const before = pssOfGroup(app.group)
    const seen = await once(app)
    const after = pssOfGroup(app.group)
    return [
      {
        name: 'Scrolling through 10,000 messages: the slowest frame in a hundred',
        unit: 'ms',
        value: seen.slow,
        aim: { atMost: 32 },
      },
      {
        name: 'The slowest frame of all',
        unit: 'ms',
        value: seen.slowest,
        aim: { atMost: 32 },
      },
      {
        name: 'Most message nodes in the page meanwhile',
        unit: '',
        value: seen.nodes,
        aim: { atMost: 79 },
      },
      {
        name: 'Memory after scrolling through it again',
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

async function once(app) {
  await app.run(() => (document.querySelector('[role=log]').scrollTop = 0))
  // The jump to the top is no step of the way.
  await pause(1000)
  const frames = []
  let nodes = 0
  for (let piece = 0; piece < PATIENCE; piece++) {
    const seen = await app.runAsync(onwards, STEP, PIECE)
    frames.push(...seen.frames)
    nodes = Math.max(nodes, seen.nodes)
    if (!seen.ended) continue
    frames.sort((one, other) => one - other)
    return { slow: frames[Math.floor(frames.length * 0.99)], slowest: frames.at(-1), nodes }
  }
  throw new Error(`the end was not reached in ${frames.length} frames`)
}

/** Runs inside the page: one step for each frame, until the end is reached or the piece is over. */
function onwards(step, piece, done) {
  const begun = performance.now()
  const log = document.querySelector('[role=log]')
  const frames = []
  let nodes = 0
  let before
  const next = (now) => {
    if (before !== undefined) frames.push(now - before)
    before = now
    nodes = Math.max(nodes, log.querySelectorAll('article').length)
    const ended = log.scrollTop + log.clientHeight >= log.scrollHeight - 1
    if (ended || now - begun > piece) return done({ frames, nodes, ended })
    log.scrollTop += step
    requestAnimationFrame(next)
  }
  requestAnimationFrame(next)
}
