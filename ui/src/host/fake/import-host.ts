// The fake's import: whatever is chosen, four files come, one of which is here already and one is no picture.
import type { Host } from '../host'
import { keyOf } from './keeping-host'
import { picture } from './pictures'
import type { FakeStore } from './store'

const STEP_MS = 20
const FILES = 4

type Importing = Pick<Host['pictures'], 'import' | 'importDropped' | 'importBytes' | 'stopImporting'>

export function importing(store: FakeStore): Importing {
  const take = (count: number) =>
    Array.from({ length: count }, () => {
      const made = picture(crypto.randomUUID(), '1024x1024', { origin: 'imported', prompt: 'A pier in fog' })
      store.pictures = [made, ...store.pictures]
      return keyOf(made)
    })
  const end = (keys: number[], before: number, unread: number, stopped = false) => {
    store.tell({ kind: 'pictures' })
    store.tell({ kind: 'imported', imported: { keys, before, unread, stopped, problem: null } })
  }
  let stopped = false
  const run = (done: number) => {
    if (stopped) return end(take(1), 0, 0, true)
    store.tell({ kind: 'importing', done, of: FILES })
    if (done < FILES) setTimeout(() => run(done + 1), STEP_MS)
    else end(take(2), 1, 1)
  }
  const begin = () => {
    stopped = false
    run(0)
  }
  return {
    import: async () => begin(),
    importDropped: async () => begin(),
    importBytes: async () => end(take(1), 0, 0),
    async stopImporting() {
      stopped = true
    },
  }
}
