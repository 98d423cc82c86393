// Thumbnails, as a whole process beside libvips' own program on the same files: of a photograph of 24 megapixels, and of many pictures
// of every kind.

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { built } from '../../tests/e2e/harness/places.js'
import { median, repeat } from '../median.js'

/** Of each kind, the sizes that cameras and engines make. */
const MIXED = [
  ['jpg', 4000, 3000],
  ['png', 1024, 1024],
  ['webp', 1024, 1024],
  ['jpg', 1792, 1024],
]
/** Files of each. */
const EACH = 12

export async function thumbnail({ runs }) {
  const folder = mkdtempSync(join(tmpdir(), 'medley-thumbnail-'))
  try {
    const photo = join(folder, 'photo.jpg')
    execFileSync(built('examples/photo', 'release'), [photo, '6000', '4000'])
    const ours = () => time(built('examples/thumbnail', 'release'), [photo, join(folder, 'ours.jpg')])
    const theirs = () => time('vipsthumbnail', [photo, '--size', '256', '-o', join(folder, 'theirs.jpg')])
    // Each once before, so that neither meets a cold file.
    ours()
    theirs()
    const pairs = await repeat(Math.max(runs, 5), async () => [ours(), theirs()])
    return [
      {
        name: 'A thumbnail of a JPEG of 24 megapixels',
        unit: 'ms',
        value: median(pairs.map(([own]) => own)),
        beside: { name: 'vipsthumbnail', value: median(pairs.map(([, other]) => other)) },
        aim: { ratioAtMost: 1.5 },
      },
      await perSecond(folder, runs),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function perSecond(folder, runs) {
  const [files, ours, theirs] = ['files', 'ours', 'theirs'].map((name) => join(folder, name))
  for (const place of [files, ours, theirs]) mkdirSync(place)
  const made = MIXED.flatMap(([kind, width, height], of) =>
    Array.from({ length: EACH }, (_, number) => {
      const file = join(files, `${of}-${number}.${kind}`)
      execFileSync(built('examples/photo', 'release'), [file, width + number, height].map(String))
      return file
    }),
  )
  const own = () => time(built('examples/thumbnails', 'release'), [ours, ...made])
  const other = () => time('vipsthumbnail', [...made, '--size', '256', '-o', join(theirs, '%s.jpg')])
  own()
  other()
  const pairs = await repeat(runs, async () => [own(), other()])
  const rate = (took) => (made.length * 1000) / took
  return {
    name: 'Thumbnails of JPEG, PNG and WebP per second',
    unit: '/s',
    value: rate(median(pairs.map(([one]) => one))),
    beside: { name: 'vipsthumbnail', value: rate(median(pairs.map(([, one]) => one))) },
    aim: { ratioAtLeast: 0.7 },
  }
}

function time(program, args) {
  const begin = performance.now()
  execFileSync(program, args)
  return performance.now() - begin
}
