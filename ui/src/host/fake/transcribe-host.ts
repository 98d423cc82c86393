// The fake's recordings, in which the same few sentences are heard. Words in the name say what becomes of it: "broken" fails after
// its first part, "silent" says nothing; without a microphone ("deaf" as its name) nothing is recorded.
import type { Line } from '../../bindings/Line'
import type { Recording } from '../../bindings/Recording'
import type { RecorderView } from '../../bindings/RecorderView'
import type { Scribe } from '../../bindings/Scribe'
import type { TranscriptTask } from '../../bindings/TranscriptTask'
import type { Transcript } from '../../bindings/Transcript'
import type { TranscribeWith } from '../../bindings/TranscribeWith'
import { Failure, problem } from '../failure'
import type { Host } from '../host'
import type { FakeStore } from './store'

const STEP_MS = import.meta.env.MODE === 'test' ? 5 : 700
const LONG_MS = 24_000

export interface FakeRecording {
  row: Recording
  lines: Record<TranscriptTask, Line[]>
  deleted: boolean
}

export const OFF: RecorderView = { stage: 'off', recordingId: null, level: 0, durationMs: 0, problem: null }

const SAID: [string, string][] = [
  ['A', 'Mrs Kowalska, do you remember the day when the necklace was found?'],
  ['B', 'As if it were yesterday. I was seven.'],
  ['B', 'My mother washed them in the basin, and the whole kitchen turned the colour of honey.'],
  ['A', 'And nobody knew how old it was?'],
  ['B', 'Nobody. The priest said a hundred years.'],
  ['C', 'Babciu, the coffee is ready.'],
]

let lastKey = 0

function linesOf(from: number, to: number): Line[] {
  const step = LONG_MS / SAID.length
  return SAID.slice(from, to).map(([speaker, text], at) => {
    const startMs = (from + at) * step
    const all = text.split(' ')
    const words = all.map((word, place) => ({
      text: word.replace(/[.,?]/g, ''),
      startMs: startMs + (place * step) / all.length,
      endMs: startMs + ((place + 1) * step) / all.length,
    }))
    return { key: ++lastKey, startMs, endMs: startMs + step, speaker, text, said: text, words }
  })
}

const blank = (name: string, origin: Recording['origin']): Recording => ({
  id: crypto.randomUUID(),
  mediaId: crypto.randomUUID(),
  name,
  origin,
  state: 'kept',
  durationMs: LONG_MS,
  heardMs: 0,
  speakers: 0,
  transcript: null,
  english: null,
  createdAt: Date.now(),
})

const blankTranscript = (task: TranscriptTask, wish: TranscribeWith): Transcript => ({
  id: crypto.randomUUID(),
  task,
  serviceId: wish.serviceId,
  model: wish.model,
  options: wish.options,
  state: 'queued',
  problem: null,
  language: 'english',
  parts: 2,
  kept: 0,
  costUsd: null,
  createdAt: Date.now(),
})

function scribes(store: FakeStore): Scribe[] {
  const hear = store.models.filter(({ kind }) => kind === 'transcription')
  return hear.flatMap((model) =>
    [model.name, 'gpt-4o-transcribe-diarize'].map((name) => ({
      serviceId: model.serviceId,
      model: name,
      label: name,
      favourite: false,
      times: true,
      speakers: name !== model.name,
      prompt: name === model.name,
      language: true,
      translates: name === model.name,
      priceCall: null,
    })),
  )
}

/** What both hosts do with rows. */
function shelf(store: FakeStore) {
  const one = (id: string) => {
    const found = store.recordings.find(({ row }) => row.id === id)
    if (!found) throw new Failure(problem('gone'))
    return found
  }
  const change = (id: string, part: Partial<Recording>, lines?: Partial<FakeRecording['lines']>) => {
    store.recordings = store.recordings.map((it) =>
      it.row.id === id ? { ...it, row: { ...it.row, ...part }, lines: { ...it.lines, ...lines } } : it,
    )
    store.tell({ kind: 'recording', recording: one(id).row })
  }
  const add = (row: Recording) => {
    const lines = { transcribe: [], translate: [] }
    store.recordings = [{ row, lines, deleted: false }, ...store.recordings]
    store.tell({ kind: 'recordings' })
  }
  return { one, change, add }
}

export function recordingsHost(store: FakeStore): Host['recordings'] {
  const { one, change, add } = shelf(store)
  const slot = (task: TranscriptTask) => (task === 'translate' ? 'english' : 'transcript')
  const step = (id: string, task: TranscriptTask) => {
    // A page that was loaded anew knows nothing of it.
    const found = store.recordings.find(({ row }) => row.id === id)
    const now = found?.row[slot(task)]
    if (!found || !now || (now.state !== 'queued' && now.state !== 'running')) return
    const set = (part: Partial<Transcript>, lines?: Line[]) =>
      change(
        id,
        { [slot(task)]: { ...now, ...part }, ...(lines && task === 'transcribe' && { speakers: 3 }) },
        lines && { [task]: [...found.lines[task], ...lines] },
      )
    if (now.state === 'queued') set({ state: 'running' })
    else if (found.row.name.includes('broken') && now.kept > 0 && now.model === 'whisper-1')
      set({ state: 'failed', problem: problem('server_fault') })
    else {
      const lines = found.row.name.includes('silent') ? [] : linesOf(now.kept * 3, now.kept * 3 + 3)
      set({ kept: now.kept + 1, state: now.kept + 1 === now.parts ? 'done' : 'running' }, lines)
    }
    setTimeout(() => step(id, task), STEP_MS)
  }
  const order = (id: string, task: TranscriptTask, wish: TranscribeWith) => {
    store.heard = [...store.heard, wish]
    change(id, { [slot(task)]: blankTranscript(task, wish) })
    setTimeout(() => step(id, task), STEP_MS)
  }
  const take = async (name: string, wish: TranscribeWith | null) => {
    const row = blank(name, 'imported')
    add(row)
    if (wish) order(row.id, 'transcribe', wish)
    return { ids: [row.id], isMany: false, before: [], unread: 0 }
  }
  const of = (transcriptId: string) => {
    const found = store.recordings.find(({ row }) =>
      [row.transcript?.id, row.english?.id].includes(transcriptId),
    )
    if (!found) throw new Failure(problem('gone'))
    const task: TranscriptTask = found.row.english?.id === transcriptId ? 'translate' : 'transcribe'
    return { found, task }
  }
  return {
    scribes: async () => scribes(store),
    draft: async () => store.transcribeDraft,
    list: async (search, from, count) =>
      store.recordings
        .filter(({ deleted, row, lines }) => {
          const words = `${row.name} ${lines.transcribe.map(({ text }) => text).join(' ')}`
          return !deleted && words.toLocaleLowerCase().includes(search.toLocaleLowerCase())
        })
        .slice(from, from + count)
        .map(({ row }) => row),
    async page(id, task) {
      const found = one(id)
      if (found.row.state === 'found') change(id, { state: 'kept' })
      const peaks = Array.from({ length: found.row.durationMs / 100 }, (_, at) => 90 + ((at * 37) % 120))
      return { recording: one(id).row, task, lines: found.lines[task], peaks }
    },
    pick: (wish) => take('Interview', wish),
    takeDropped: (wish) => take('Dropped', wish),
    add: (name, _bytes, wish) => take(name, wish),
    transcribe: async (id, task, wish) => order(id, task, wish),
    async pause(id) {
      const { found, task } = of(id)
      change(found.row.id, { [slot(task)]: { ...found.row[slot(task)]!, state: 'paused' } })
    },
    async goOn(id, wish) {
      const { found, task } = of(id)
      const now = { ...found.row[slot(task)]!, state: 'queued' as const, problem: null }
      if (wish) Object.assign(now, { serviceId: wish[0], model: wish[1] })
      change(found.row.id, { [slot(task)]: now, name: found.row.name.replace('broken', 'mended') })
      setTimeout(() => step(found.row.id, task), STEP_MS)
    },
    async changeLines(id, out, put) {
      const { found, task } = of(id)
      const keys = put.map(({ key }) => key || ++lastKey)
      const gone = new Set([...out, ...keys])
      const rest = found.lines[task].filter(({ key }) => !gone.has(key))
      const now = [...rest, ...put.map((line, at) => ({ ...line, key: keys[at]! }))]
      now.sort((first, second) => first.startMs - second.startMs || first.key - second.key)
      change(found.row.id, {}, { [task]: now })
      return keys
    },
    async rename(id, name) {
      if (name.trim() === '') throw new Failure(problem('name_missing'))
      change(id, { name: name.trim() })
    },
    async remove(id) {
      store.recordings = store.recordings.map((it) => (it.row.id === id ? { ...it, deleted: true } : it))
      store.tell({ kind: 'recordings' })
    },
    async restore(id) {
      store.recordings = store.recordings.map((it) => (it.row.id === id ? { ...it, deleted: false } : it))
      store.tell({ kind: 'recordings' })
    },
    async save(wish) {
      store.savedTranscripts = [...store.savedTranscripts, wish]
      return true
    },
    saveSound: async () => true,
    async play(id, fromMs) {
      const here = store.playback.recordingId === id ? store.playback.positionMs : one(id).row.heardMs
      store.playback = {
        ...store.playback,
        soundId: null,
        recordingId: id,
        playing: true,
        ended: false,
        problem: null,
        positionMs: fromMs ?? here,
      }
      store.tell({ kind: 'playback', playback: store.playback })
    },
  }
}

export function recorderHost(store: FakeStore): Host['recorder'] {
  const { one, change, add } = shelf(store)
  const set = (part: Partial<RecorderView>) => {
    store.recorder = { ...store.recorder, ...part }
    store.tell({ kind: 'recorder', recorder: store.recorder })
  }
  return {
    microphones: async () => [
      { id: 'built-in', name: 'Built-in microphone', isDefault: true },
      { id: 'deaf', name: 'An empty socket', isDefault: false },
    ],
    async arm(microphone) {
      if (microphone === 'deaf') throw new Failure(problem('no_microphone'))
      set({ stage: 'armed', level: 0.02 })
    },
    disarm: async () => set(OFF),
    async begin(name, microphone) {
      if (microphone === 'deaf') throw new Failure(problem('no_microphone'))
      const row: Recording = { ...blank(name, 'recorded'), state: 'recording', mediaId: null, durationMs: 0 }
      add(row)
      set({ stage: 'recording', recordingId: row.id, level: 0.4, durationMs: 0 })
      return row
    },
    pause: async (waits) => set({ stage: waits ? 'paused' : 'recording' }),
    async end() {
      const id = store.recorder.recordingId
      if (!id) throw new Failure(problem('gone'))
      change(id, { state: 'kept', mediaId: crypto.randomUUID(), durationMs: LONG_MS })
      set(OFF)
      return one(id).row
    },
    now: async () => store.recorder.recordingId,
  }
}
