// Memory of all processes, idle after opening a conversation of 10,000 messages, beside an empty window.

import { setTimeout as pause } from 'node:timers/promises'
import { launch } from '../../tests/e2e/harness/app.js'
import { built } from '../../tests/e2e/harness/places.js'
import { median, repeat } from '../median.js'
import { pssOfGroup } from '../memory.js'
import { openLongConversation } from '../steps.js'

/** Long enough for the page to settle and for garbage to be collected. */
const SETTLE = 8000

export async function memory({ runs, home }) {
  const blank = () => settled({ binary: built('examples/blank', 'release') })
  const medley = () => settled({ profile: 'release', home }, openLongConversation)
  const pairs = await repeat(runs, async () => [await blank(), await medley()])
  return [
    {
      name: 'Memory (PSS, all processes) idle in a conversation of 10,000 messages',
      unit: 'MB',
      value: median(pairs.map(([, app]) => app)),
      beside: {
        name: 'empty window',
        value: median(pairs.map(([empty]) => empty)),
      },
      aim: { ratioAtMost: 1.35 },
    },
  ]
}

async function settled(wish, act) {
  const app = await launch(wish)
  try {
    await act?.(app)
    await pause(SETTLE)
    return pssOfGroup(app.group) / 1e6
  } finally {
    await app.close()
  }
}
