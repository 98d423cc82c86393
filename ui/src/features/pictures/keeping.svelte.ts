// What is done to many pictures at once, and albums. All of it comes with "Undo".
import { tick } from 'svelte'
import type { Album } from '../../bindings/Album'
import type { PictureChange } from '../../bindings/PictureChange'
import { host } from '../../host'
import { m } from '../../paraglide/messages'
import { attempt, toasts } from '../../state/toasts.svelte'
import { pictures } from './pictures.svelte'

/** The dialog that is open, if any. */
export type Wanted =
  | { kind: 'album'; keys: number[] }
  /** A new album, and what goes into it at once. */
  | { kind: 'make'; keys: number[] }
  | { kind: 'rename'; album: Album }
  | { kind: 'save'; keys: number[] }

class Wishes {
  now = $state.raw<Wanted | null>(null)
}

export const wishes = new Wishes()

/** What takes a change back. */
function back(change: PictureChange): PictureChange {
  switch (change.kind) {
    case 'star':
      return { kind: 'unstar' }
    case 'unstar':
      return { kind: 'star' }
    case 'remove':
      return { kind: 'restore' }
    case 'restore':
      return { kind: 'remove' }
    case 'addTo':
      return { ...change, kind: 'takeFrom' }
    case 'takeFrom':
      return { ...change, kind: 'addTo' }
  }
}

/** Does it, says of how many, and offers to take just that back. Choosing ends with it. */
async function change(keys: number[], wish: PictureChange, words: (count: number) => string): Promise<void> {
  if (keys.length === 0) return
  await attempt(async () => {
    const changed = await host.pictures.change(keys, wish)
    const undo = () => void attempt(() => host.pictures.change(changed, back(wish)))
    toasts.show(words(changed.length), changed.length > 0 ? { label: m.kit_undo(), run: undo } : undefined)
    await end()
  })
}

/** Chooses nothing any more; the keys go on where they were. */
export async function end(): Promise<void> {
  pictures.chosen.end()
  await tick()
  if (document.activeElement === document.body) await pictures.wall.focus()
}

export function star(keys: number[], starred: boolean): Promise<void> {
  const words = starred ? m.pictures_starred_many : m.pictures_unstarred_many
  return change(keys, { kind: starred ? 'star' : 'unstar' }, (count) => words({ count }))
}

export function remove(keys: number[]): Promise<void> {
  return change(keys, { kind: 'remove' }, (count) => m.pictures_deleted_many({ count }))
}

export function addTo({ id, name }: Pick<Album, 'id' | 'name'>, keys: number[]): Promise<void> {
  return change(keys, { kind: 'addTo', albumId: id }, (count) =>
    count === 0 ? m.pictures_album_had({ name }) : m.pictures_album_added({ count, name }),
  )
}

export function takeFrom({ id, name }: Album, keys: number[]): Promise<void> {
  return change(keys, { kind: 'takeFrom', albumId: id }, (count) => m.pictures_album_taken({ count, name }))
}

/** Makes an album and puts pictures into it. Rejects when the name is none. */
export async function makeAlbum(name: string, keys: number[]): Promise<void> {
  const id = await host.pictures.makeAlbum(name)
  if (keys.length > 0) await addTo({ id, name }, keys)
}

export async function removeAlbum({ id, name }: Album): Promise<void> {
  await attempt(async () => {
    await host.pictures.removeAlbum(id)
    const undo = () => void attempt(() => host.pictures.restoreAlbum(id))
    toasts.show(m.pictures_album_removed({ name }), { label: m.kit_undo(), run: undo })
  })
}

/** One alone goes where a picture's own "Save" leads; of many one says in what form. */
export function save(keys: number[]): void {
  const { gallery } = pictures
  const [key, ...more] = keys
  const one = more.length === 0 && key !== undefined ? gallery.at(gallery.keys.indexOf(key)) : undefined
  if (one) void pictures.save(one)
  else wishes.now = { kind: 'save', keys }
}
