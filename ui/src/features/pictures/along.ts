// What an engine makes of the pictures that lie on the desk, in one sentence where that is not what one would expect.
import type { Attachment } from '../../bindings/Attachment'
import type { PictureEngine } from '../../bindings/PictureEngine'
import { m } from '../../paraglide/messages'

export interface Say {
  words: string
  /** Nothing can be made like this. */
  blocks: boolean
  /** What helps. */
  way: 'anyway' | 'paint' | null
}

/** Its service said that it makes nothing with it. */
export function isMissing({ family, refused }: PictureEngine): boolean {
  return refused.includes(family === 'chat' ? 'chat' : 'generation')
}

/** Pictures go along with a wish to this engine. */
export function takesPictures(engine: PictureEngine): boolean {
  return engine.references > 0 && !isMissing(engine) && !engine.refused.includes('edit')
}

export function varies(engine: PictureEngine): boolean {
  return engine.variations && !isMissing(engine) && !engine.refused.includes('variation')
}

/** What there is to say about these files and this engine. */
export function say(
  engine: PictureEngine,
  files: readonly Attachment[],
  { painted, service }: { painted: boolean; service: string },
): Say | null {
  const [label, limit] = [engine.label, engine.references]
  if (isMissing(engine))
    return { words: m.pictures_missing({ service, engine: label }), blocks: true, way: 'anyway' }
  if (files.length === 0) return null
  const told = (words: string, blocks = false, way: Say['way'] = null): Say => ({ words, blocks, way })
  if (limit === 0) return told(m.pictures_ref_none({ engine: label }))
  if (!takesPictures(engine)) return told(m.pictures_ref_refused({ service, engine: label }), false, 'anyway')
  if (files.length > limit) return told(m.pictures_ref_too_many({ engine: label, limit }), true)
  const waiting = files.find(({ state }) => state === 'waiting')
  if (waiting) return told(m.pictures_ref_reading({ name: waiting.name }), true)
  if (engine.family === 'dall-e-2') {
    if (!painted) return told(m.pictures_ref_must_paint({ engine: label }), true, 'paint')
    if (files.some(({ media }) => media?.width !== media?.height))
      return told(m.pictures_ref_square({ engine: label }))
  }
  return painted && !engine.masks ? told(m.pictures_mask_none({ engine: label })) : null
}
