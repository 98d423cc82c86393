// Figures of one crate each, measured by its own example: the renderer, the store and its media folder.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { built } from '../../tests/e2e/harness/places.js'
import { median, repeat } from '../median.js'

const run = promisify(execFile)

export async function renderer({ runs }) {
  const measured = await repeat(runs, () => example('throughput'))
  return [
    {
      name: 'Rendering a streamed document of 100 kB, total work',
      unit: 'ms',
      value: median(measured.map(({ streamed_ms }) => streamed_ms)),
      beside: {
        name: 'rendering it at once',
        value: median(measured.map(({ one_shot_ms }) => one_shot_ms)),
      },
      aim: { ratioAtMost: 2 },
    },
  ]
}

export async function store({ runs }) {
  const measured = await repeat(runs, () => example('bulk', '100000', '1'))
  return [
    {
      name: 'Messages stored per second, in bulk',
      unit: '/s',
      value: median(measured.map(({ stored_per_s }) => stored_per_s)),
      beside: {
        name: 'raw SQLite, the same rows',
        value: median(measured.map(({ raw_per_s }) => raw_per_s)),
      },
      aim: { ratioAtLeast: 0.5 },
    },
  ]
}

/** What was said in 100,000 messages, and the list of 50,000 conversations while somebody types. */
export async function find({ runs }) {
  const measured = await repeat(Math.min(runs, 3), () => example('find', '100000', '50000', '9'))
  return [
    {
      name: 'Finding the newest 50 of 100,000 messages that say something, with excerpts: five searches',
      unit: 'ms',
      value: median(measured.map(({ said_ms }) => said_ms)),
      beside: { name: 'raw FTS5 on the same file', value: median(measured.map(({ raw_ms }) => raw_ms)) },
      aim: { ratioAtMost: 1.3 },
    },
    {
      name: 'Filtering 50,000 conversations while typing: the slowest letter',
      unit: 'ms',
      value: median(measured.map(({ filter_slowest_ms }) => filter_slowest_ms)),
      aim: { atMost: 50 },
    },
  ]
}

/** Pictures into the media folder, each on the disk before its row names it. */
export async function keeping({ runs }) {
  const measured = await repeat(Math.min(runs, 3), () => example('keep', '1000', '2000000'))
  return [
    {
      name: 'Storing 1,000 pictures of 2 MB',
      unit: 'ms',
      value: median(measured.map(({ kept_ms }) => kept_ms)),
      beside: { name: 'copies that are synced', value: median(measured.map(({ copied_ms }) => copied_ms)) },
      aim: { ratioAtMost: 1.3 },
    },
  ]
}

async function example(name, ...args) {
  const { stdout } = await run(built(`examples/${name}`, 'release'), args)
  return JSON.parse(stdout)
}
