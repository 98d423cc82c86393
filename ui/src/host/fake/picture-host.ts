// The fake's pictures, which make themselves over time. Words in the prompt say what becomes of it: "refused" and
// "empty" fail, "slow" is made for ever.
import type { Generation } from '../../bindings/Generation'
import type { Picture } from '../../bindings/Picture'
import type { PictureFamily } from '../../bindings/PictureFamily'
import type { PictureQuery } from '../../bindings/PictureQuery'
import { Failure, problem } from '../failure'
import type { Host } from '../host'
import { NO_PICTURE_OPTIONS } from '../nothing'
import { reference } from './attachment-host'
import { importing } from './import-host'
import { isIn, keeping, keyOf } from './keeping-host'
import { midjourneyHost, toolsOf, wordsOf } from './midjourney-host'
import { fits, generation, picture, sampleEngines, sampleTask } from './pictures'
import type { FakeStore } from './store'

const STEP_MS = import.meta.env.MODE === 'test' ? 5 : 1300
const PREVIEWS = 3

export function pictureHost(store: FakeStore): Host['pictures'] {
  const one = (id: string) => {
    const found = store.pictures.find((known) => known.id === id)
    if (!found) throw new Failure(problem('gone'))
    return found
  }
  // A long gallery is looked through once, not with every page of it.
  let last: { of: Picture[]; query: string; found: Picture[] } = { of: [], query: '', found: [] }
  const shown = (query: PictureQuery) => {
    const words = JSON.stringify(query)
    if (last.of !== store.pictures || last.query !== words || query.album !== null) {
      const found = store.pictures.filter(
        (known) =>
          known.deletedAt === null &&
          fits(query, known) &&
          isIn(store, query.album, known) &&
          (!query.twice || isTwice(store, known)),
      )
      last = { of: store.pictures, query: words, found }
    }
    return last.found
  }
  const change = (ids: string[], part: Partial<Picture>) => {
    store.pictures = store.pictures.map((known) => (ids.includes(known.id) ? { ...known, ...part } : known))
    store.tell({ kind: 'pictures' })
  }
  return {
    engines: async () =>
      sampleEngines()
        .filter(({ serviceId }) => store.services.some(({ id }) => id === serviceId))
        .map((engine) => ({
          ...engine,
          refused: store.noPictures[engine.model] ?? [],
          ...toolsOf(store, engine),
        })),
    async tryAnyway(_serviceId, model) {
      store.noPictures = { ...store.noPictures, [model]: [] }
      store.noTools = []
      store.tell({ kind: 'pictureEngines' })
    },
    ...midjourneyHost(store, one),
    references: async (place) => store.desk(place),
    async referTo(place, mediaId) {
      const known = store.desk(place).find(({ media }) => media?.id === mediaId)
      const row = known ?? reference(place, mediaId)
      store.attachments = [...store.attachments.filter((one) => one !== known), row]
      return row
    },
    async vary(id, serviceId, model) {
      const { prompt, mediaId } = one(id)
      const options = { ...NO_PICTURE_OPTIONS, count: 4 }
      const references = mediaId ? [mediaId] : []
      const wish = { serviceId, model, prompt, options, references, mask: null, madeFrom: id }
      return begin(store, generation(wish, { kind: 'variation' }))
    },
    async improve({ model }, prompt) {
      if (model === 'blind') throw new Failure(problem('unreachable', '', { service: 'ModelBox' }))
      return `${prompt}, in soft morning light, seen from afar`
    },
    async describe({ model }) {
      if (model === 'blind') throw new Failure(problem('pictures_refused', '', { model }))
      return 'A pier in fog, gouache, muted blues'
    },
    stopWords: async () => {},
    draft: async () => store.pictureDraft,
    async make(request) {
      return begin(store, generation(request))
    },
    async press({ pictureId, customId, prompt }) {
      const { serviceId, model, prompt: before } = one(pictureId)
      const parent = store.made.find(({ id }) => id === one(pictureId).generationId)
      const button = parent?.task?.buttons.find((known) => known.customId === customId)
      if (!parent?.task || !button) throw new Failure(problem('gone'))
      const press = { task: parent.task.id, button, prompt, speed: parent.task.speed }
      const options = { ...NO_PICTURE_OPTIONS, press }
      const wish = {
        serviceId: serviceId ?? '',
        model,
        prompt: prompt || before,
        options,
        references: [],
        mask: null,
      }
      return begin(store, generation({ ...wish, madeFrom: pictureId }, { kind: 'midjourney' }))
    },
    async cancel(id) {
      const late = making(store, id).state === 'running' ? problem('cancelled_late') : null
      put(store, id, { state: 'cancelled', place: 0, endedAt: Date.now(), problem: late })
    },
    async tryAgain(id) {
      const { serviceId, ...before } = making(store, id)
      store.generations = store.generations.filter((known) => known.id !== id)
      return begin(store, generation({ ...before, mask: null, serviceId: serviceId ?? '' }))
    },
    async dismiss(id) {
      // What is done and told in words is no making any more.
      store.dismissed.push(store.made.find((known) => known.id === id) ?? making(store, id))
      store.generations = store.generations.filter((known) => known.id !== id)
    },
    async restoreGeneration(id) {
      const back = store.dismissed.find((known) => known.id === id)
      store.dismissed = store.dismissed.filter((known) => known !== back)
      if (back && back.state !== 'done') store.generations = [back, ...store.generations]
    },
    generations: async () => store.generations,
    async outline(query) {
      const found = shown(query)
      const days = new Map<number, number>()
      for (const { createdAt } of found) {
        const begins = new Date(createdAt).setHours(0, 0, 0, 0)
        days.set(begins, (days.get(begins) ?? 0) + 1)
      }
      return {
        days: [...days].map(([begins, count]) => ({ begins, count })),
        ratios: found.map(({ width, height }) => Math.round((width * 100) / height)),
        keys: found.map(keyOf),
      }
    },
    ...importing(store),
    ...keeping(store),
    rows: async (query, from, count) => shown(query).slice(from, from + count),
    picture: async (id) => {
      const found = one(id)
      return {
        picture: found,
        generation: store.made.find((known) => known.id === found.generationId) ?? null,
        used: {},
        leftOut: [],
        family: familyOf(store, found),
        messages: [],
        same: store.pictures.filter((known) => known.id !== id && known.mediaId === found.mediaId),
        index: store.pictures.filter(({ deletedAt }) => deletedAt === null).indexOf(found),
      }
    },
    star: async (ids, starred) => change(ids, { starred }),
    remove: async (ids) => change(ids, { deletedAt: Date.now() }),
    restore: async (ids) => change(ids, { deletedAt: null }),
    fetchAgain: async (id) => change([id], { state: 'kept', problem: null }),
    saveOriginal: async () => true,
    saveAs: async () => ({ still: false }),
    async dragOut(keys) {
      store.dragged = keys
    },
    async copy(id) {
      store.copied = one(id).mediaId ?? ''
    },
  }
}

function isTwice(store: FakeStore, { id, mediaId }: Picture): boolean {
  return store.pictures.some(
    (known) => known.id !== id && known.mediaId === mediaId && known.deletedAt === null,
  )
}

function familyOf(store: FakeStore, { id, generationId }: Picture): PictureFamily {
  const made = (one: Picture) => store.made.find((known) => known.id === one.generationId)
  const others = store.pictures.filter((one) => one.id !== id && one.deletedAt === null)
  const from = store.made.find((known) => known.id === generationId)?.madeFrom
  return {
    madeFrom: others.filter((one) => one.id === from),
    madeWith: others.filter((one) => generationId !== null && one.generationId === generationId),
    madeInto: others.filter((one) => made(one)?.madeFrom === id),
  }
}

function making(store: FakeStore, id: string): Generation {
  const found = store.generations.find((known) => known.id === id)
  if (!found) throw new Failure(problem('gone'))
  return found
}

function put(store: FakeStore, id: string, part: Partial<Generation>) {
  const changed = { ...making(store, id), ...part }
  store.generations = store.generations.map((known) => (known.id === id ? changed : known))
  store.tell({ kind: 'generation', generation: changed })
}

function begin(store: FakeStore, made: Generation): Generation {
  store.generations = [made, ...store.generations]
  store.tell({ kind: 'generation', generation: made })
  step(store, made.id, 0)
  return made
}

function step(store: FakeStore, id: string, turn: number) {
  setTimeout(() => {
    const now = store.generations.find((known) => known.id === id)
    if (!now || (now.state !== 'queued' && now.state !== 'running')) return
    const size = now.options.size ?? '1024x1024'
    if (turn === 0) put(store, id, { state: 'running', place: 0, startedAt: Date.now() })
    else if (turn <= PREVIEWS) put(store, id, { previewId: `${id}-${turn}-${size}` })
    else if (!now.prompt.includes('slow')) return end(store, now, size)
    step(store, id, turn + 1)
  }, STEP_MS)
}

function end(store: FakeStore, now: Generation, size: string) {
  const wrong = now.prompt.includes('refused')
    ? problem('policy', 'Your request was rejected by our safety system.', { service: 'ModelBox' })
    : now.prompt.includes('empty')
      ? problem('no_picture_came', '', { service: 'ModelBox' })
      : null
  const endedAt = Date.now()
  if (wrong) return put(store, now.id, { state: 'failed', problem: wrong, endedAt })
  const { prompt, model, serviceId, options, id: generationId } = now
  const words = wordsOf(now)
  if (words !== '') {
    const told: Generation = { ...now, task: { ...sampleTask(true), words }, state: 'done', endedAt }
    store.made.push(told)
    put(store, now.id, told)
    store.generations = store.generations.filter((known) => known.id !== now.id)
    return
  }
  const made = Array.from({ length: options.count }, () =>
    picture(crypto.randomUUID(), size, { prompt, model, serviceId, generationId, createdAt: endedAt }),
  )
  store.pictures = [...made, ...store.pictures]
  const isGrid = now.options.press?.button.customId.includes('upsample') !== true
  const task = model === 'mj_imagine' ? sampleTask(isGrid) : null
  store.made.push({ ...now, task, state: 'done', endedAt, costUsd: 0.042 * options.count })
  store.tell({ kind: 'pictures' })
  put(store, now.id, { state: 'done', endedAt, costUsd: 0.042 * options.count })
  store.generations = store.generations.filter((known) => known.id !== now.id)
}
