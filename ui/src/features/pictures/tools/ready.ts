// The files on a tool's desk, as they are sent.
import type { References } from '../references.svelte'

/** The media of all pictures that lie there; none while one of them is still being read. */
export function mediaOf({ list, coming }: Pick<References, 'list' | 'coming'>): string[] {
  const kept = list.flatMap(({ media, state }) => (media && state === 'kept' ? [media.id] : []))
  return coming > 0 || kept.length < list.length ? [] : kept
}
