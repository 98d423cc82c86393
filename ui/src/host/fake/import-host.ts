// The fake's import: whatever is chosen, four files come, one of which is here already and one is no picture.
import type { Imported } from '../../bindings/Imported'
import type { Host } from '../host'
import { keyOf } from './keeping-host'
import { picture } from './pictures'
import type { FakeStore } from './store'

const STEP_MS = 20
const FILES = 4
const NOTHING: Imported = {
  keys: [],
  before: 0,
  unread: 0,
  unopened: 0,
  tooLarge: 0,
  gone: 0,
  pasted: false,
  stopped: false,
  problem: null,
}

type Importing = Pick<
  Host['pictures'],
  'import' | 'importDropped' | 'importPast' | 'importBytes' | 'stopImporting'
>

export function importing(store: FakeStore): Importing {
  const take = (count: number) =>
    Array.from({ length: count }, () => {
      const made = picture(crypto.randomUUID(), '1024x1024', { origin: 'imported', prompt: 'A pier in fog' })
      store.pictures = [made, ...store.pictures]
      return keyOf(made)
    })
  const end = (imported: Partial<Imported>) => {
    store.tell({ kind: 'pictures' })
    store.tell({ kind: 'imported', imported: { ...NOTHING, ...imported } })
  }
  let stopped = false
  const run = (done: number) => {
    if (stopped) return end({ keys: take(1), stopped: true })
    store.tell({ kind: 'importing', done, of: FILES })
    if (done < FILES) setTimeout(() => run(done + 1), STEP_MS)
    else end({ keys: take(2), before: 1, unread: 1 })
  }
  const begin = () => {
    stopped = false
    run(0)
  }
  return {
    import: async () => begin(),
    importDropped: async () => begin(),
    importPast: async () => begin(),
    importBytes: async () => end({ keys: take(1), pasted: true }),
    async stopImporting() {
      stopped = true
    },
  }
}
