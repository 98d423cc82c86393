// A thumbnail of a photograph of 24 megapixels, as a whole process beside libvips' own program on the same file.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { built } from '../../tests/e2e/harness/places.js'
import { median, repeat } from '../median.js'

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
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function time(program, args) {
  const begin = performance.now()
  execFileSync(program, args)
  return performance.now() - begin
}
