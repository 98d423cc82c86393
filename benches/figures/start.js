// Start to first usable frame with 100,000 messages in the store, beside an empty window.

import { openDesk } from '../../tests/e2e/harness/desk.js'
import { built } from '../../tests/e2e/harness/places.js'
import { end, until } from '../../tests/e2e/harness/processes.js'
import { median, repeat } from '../median.js'

export async function start({ runs, home }) {
  const desk = await openDesk()
  try {
    const blank = () => firstFrame(desk, built('examples/blank', 'release'), [])
    const medley = () => firstFrame(desk, built('medley', 'release'), ['--home', home])
    await blank() // The first of each fills the disk cache: not counted.
    await medley()
    // Turn about, so that a busy moment of the machine does not hit one of them only.
    const pairs = await repeat(runs, async () => [await blank(), await medley()])
    return [
      {
        name: 'Start to first usable frame, 100,000 messages',
        unit: 'ms',
        value: median(pairs.map(([, app]) => app)),
        beside: {
          name: 'empty window',
          value: median(pairs.map(([empty]) => empty)),
        },
        aim: { ratioAtMost: 1.25 },
      },
    ]
  } finally {
    await desk.close()
  }
}

async function firstFrame(desk, program, args) {
  const since = Date.now()
  const child = desk.start(program, args, { MEDLEY_TRACE_START: '1' })
  const [, at] = await until(() => /^first-frame (\d+)$/m.exec(child.output), {
    what: 'The first frame',
    of: child,
  })
  await end(child)
  return Number(at) - since
}
