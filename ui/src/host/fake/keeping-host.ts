// The fake's order among pictures: many at once, albums, saving.
import type { Picture } from '../../bindings/Picture'
import { Failure, problem } from '../failure'
import type { Host } from '../host'
import type { FakeStore } from './store'

export interface FakeAlbum {
  id: string
  name: string
  createdAt: number
  deleted: boolean
  keys: Set<number>
}

type Keeping = Pick<
  Host['pictures'],
  'shelf' | 'change' | 'saveMany' | 'makeAlbum' | 'renameAlbum' | 'removeAlbum' | 'restoreAlbum'
>

const numbers = new Map<string, number>()

/** A picture's number, which it keeps. */
export function keyOf({ id }: Picture): number {
  const key = numbers.get(id) ?? numbers.size + 1
  numbers.set(id, key)
  return key
}

export function isIn({ albums }: FakeStore, album: string | null, picture: Picture): boolean {
  return (
    album === null ||
    albums.some(({ id, deleted, keys }) => id === album && !deleted && keys.has(keyOf(picture)))
  )
}

export function keeping(store: FakeStore): Keeping {
  const album = (id: string) => {
    const found = store.albums.find((known) => known.id === id)
    if (!found) throw new Failure(problem('gone'))
    return found
  }
  const here = () => store.pictures.filter(({ deletedAt }) => deletedAt === null)
  const named = (name: string) => {
    if (name.trim() === '') throw new Failure(problem('name_missing'))
    return name.trim()
  }
  const tell = () => store.tell({ kind: 'pictures' })
  /** Changes those that a test fits, and answers which. */
  const change = (keys: number[], fits: (picture: Picture) => boolean, part: Partial<Picture>) => {
    const wanted = new Set(keys)
    const changed: number[] = []
    store.pictures = store.pictures.map((known) => {
      if (!wanted.has(keyOf(known)) || !fits(known)) return known
      changed.push(keyOf(known))
      return { ...known, ...part }
    })
    return changed
  }
  return {
    shelf: async () => ({
      all: here().length,
      starred: here().filter(({ starred }) => starred).length,
      albums: store.albums
        .filter(({ deleted }) => !deleted)
        .map(({ id, name, createdAt, keys }) => ({
          id,
          name,
          createdAt,
          pictures: here().filter((picture) => keys.has(keyOf(picture))).length,
        })),
    }),
    async change(keys, wish) {
      const changes = {
        star: () => change(keys, ({ starred }) => !starred, { starred: true }),
        unstar: () => change(keys, ({ starred }) => starred, { starred: false }),
        remove: () => change(keys, ({ deletedAt }) => deletedAt === null, { deletedAt: Date.now() }),
        restore: () => change(keys, ({ deletedAt }) => deletedAt !== null, { deletedAt: null }),
      }
      let changed: number[]
      if (wish.kind === 'addTo' || wish.kind === 'takeFrom') {
        const held = album(wish.albumId).keys
        const adds = wish.kind === 'addTo'
        changed = keys.filter((key) => held.has(key) !== adds)
        for (const key of changed) if (adds) held.add(key)
        for (const key of changed) if (!adds) held.delete(key)
      } else changed = changes[wish.kind]()
      tell()
      return changed
    },
    async saveMany(wish) {
      store.saved.push(wish)
      return { name: wish.folder, pictures: wish.keys.length, missing: 0 }
    },
    async makeAlbum(name) {
      const id = crypto.randomUUID()
      const made = { id, name: named(name), createdAt: Date.now(), deleted: false, keys: new Set<number>() }
      store.albums = [...store.albums, made]
      tell()
      return id
    },
    async renameAlbum(id, name) {
      album(id).name = named(name)
      tell()
    },
    async removeAlbum(id) {
      album(id).deleted = true
      tell()
    },
    async restoreAlbum(id) {
      album(id).deleted = false
      tell()
    },
  }
}
