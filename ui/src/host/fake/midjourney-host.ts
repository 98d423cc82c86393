// What the fake's Midjourney does beside drawing.
import type { Generation } from '../../bindings/Generation'
import type { Picture } from '../../bindings/Picture'
import type { PictureEngine } from '../../bindings/PictureEngine'
import type { PictureTool } from '../../bindings/PictureTool'
import { Failure, problem } from '../failure'
import type { Host } from '../host'
import { NO_PICTURE_OPTIONS } from '../nothing'
import { generation, picture } from './pictures'
import type { FakeStore } from './store'

const TOOLS: PictureTool[] = ['mix', 'describe', 'shorten', 'swap']
const DESCRIBED =
  '1️⃣ green hills under a clear sky --ar 3:2\n\n2️⃣ soft hills at dawn, oil painting --ar 3:2\n\n' +
  '3️⃣ rolling country, wide view --ar 3:2\n\n4️⃣ a quiet valley in summer --ar 3:2'
const SHORTENED =
  '## Important tokens\n**lighthouse** (1.00), **dusk** (0.62), very (0.03)\n\n## Shortened prompts\n' +
  '1️⃣ lighthouse at dusk\n2️⃣ lighthouse, dusk\n3️⃣ lighthouse dusk\n4️⃣ dusk lighthouse\n5️⃣ lighthouse'
const SEED = '636646138'

type Served = Pick<Host['pictures'], 'told' | 'seed' | 'cut' | 'atService' | 'layDown'>

/** What Midjourney is offered to do at a service, and what not. */
export function toolsOf(
  store: FakeStore,
  { family }: PictureEngine,
): Pick<PictureEngine, 'tools' | 'noTools'> {
  const all = family === 'midjourney' ? TOOLS : []
  return {
    tools: all.filter((tool) => !store.noTools.includes(tool)),
    noTools: all.filter((tool) => store.noTools.includes(tool)),
  }
}

/** The words that come of a making, where no picture does. */
export function wordsOf({ options }: Generation): string {
  if (options.tool === 'describe') return DESCRIBED
  return options.tool === 'shorten' ? SHORTENED : ''
}

export function midjourneyHost(store: FakeStore, one: (id: string) => Picture): Served {
  const parts = (whole: Picture): Picture[] => {
    const wish = { serviceId: 'modelbox', model: whole.model, prompt: whole.prompt }
    const options = { ...NO_PICTURE_OPTIONS, count: 4 }
    const row = generation(
      { ...wish, options, references: [], mask: null, madeFrom: whole.id },
      { kind: 'cut', state: 'done' },
    )
    store.made.push(row)
    const size = `${whole.width / 2}x${whole.height / 2}`
    return [1, 2, 3, 4].map((at) =>
      picture(`${whole.id}-part-${at}`, size, { ...wish, generationId: row.id, createdAt: Date.now() }),
    )
  }
  return {
    told: async () => {
      const gone = new Set(store.dismissed.map(({ id }) => id))
      return store.made.filter(({ id, task }) => task?.words && !gone.has(id)).toReversed()
    },
    async seed(id) {
      const { generationId } = one(id)
      const row = store.made.find((known) => known.id === generationId)
      if (!row?.task) throw new Failure(problem('gone'))
      store.made = store.made.map((known) =>
        known === row && known.task ? { ...known, task: { ...known.task, seed: SEED } } : known,
      )
      return SEED
    },
    async cut(id) {
      const before = store.pictures.filter((known) => known.id.startsWith(`${id}-part-`))
      if (before.length > 0) return before
      const made = parts(one(id))
      store.pictures = [...made, ...store.pictures]
      store.tell({ kind: 'pictures' })
      return made
    },
    atService: async () => 2,
    layDown: async () => 'https://cdn.example/a.png',
  }
}
