// The fake's sounds, which are spoken over time without being heard. Words in the text say what becomes of it: "refused" fails,
// "cut" stops after the first part; "mute" finds no loudspeaker.
import type { Playback } from '../../bindings/Playback'
import type { Sound } from '../../bindings/Sound'
import type { Speaker } from '../../bindings/Speaker'
import type { SpokenSentence } from '../../bindings/SpokenSentence'
import { Failure, problem } from '../failure'
import type { Host } from '../host'
import type { FakeStore } from './store'

const STEP_MS = import.meta.env.MODE === 'test' ? 5 : 700
/** Sentences to a part, and how long each is spoken. */
const PART = 3
const SENTENCE_MS = 2000

export interface FakeSound {
  row: Sound
  text: string
  deleted: boolean
}

const CLASSIC = ['alloy', 'echo', 'fable', 'onyx', 'nova', 'shimmer']
const FORMATS = ['mp3', 'opus', 'aac', 'flac', 'wav', 'pcm']

export const SILENT: Playback = {
  soundId: null,
  recordingId: null,
  playing: false,
  waiting: false,
  ended: false,
  positionMs: 0,
  speed: 1,
  volume: 1,
  problem: null,
}

function speakers(store: FakeStore): Speaker[] {
  const speaks = store.models.filter(({ kind }) => kind === 'speech')
  return speaks.flatMap((model) =>
    [model.name, 'gpt-4o-mini-tts'].map((name) => ({
      serviceId: model.serviceId,
      model: name,
      label: name,
      favourite: false,
      voices: name === model.name ? CLASSIC : [...CLASSIC, 'marin'],
      formats: FORMATS,
      speed: true,
      instructions: name !== model.name,
      priceIn: null,
      priceCall: null,
    })),
  )
}

const cut = (text: string) => text.match(/[^.!?。]+[.!?。]*\s*/g) ?? []

function sentences({ row, text }: FakeSound): SpokenSentence[] {
  let before = '\n'
  return cut(text).map((sentence, index) => {
    const here = index < row.kept * PART
    const isParagraph = before.includes('\n')
    before = sentence
    return {
      text: sentence.trim(),
      isParagraph,
      startMs: here ? index * SENTENCE_MS : null,
      endMs: here ? (index + 1) * SENTENCE_MS : null,
    }
  })
}

/** The words of a message. */
function said({ talks }: FakeStore, id: string): string {
  const found = talks.flatMap(({ messages }) => messages).find((message) => message.id === id)
  if (!found) throw new Failure(problem('gone'))
  return found.text
}

export function speechHost(store: FakeStore): Host['speech'] {
  const one = (id: string) => {
    const found = store.sounds.find(({ row }) => row.id === id)
    if (!found) throw new Failure(problem('gone'))
    return found
  }
  const change = (id: string, part: Partial<Sound>) => {
    store.sounds = store.sounds.map((it) => (it.row.id === id ? { ...it, row: { ...it.row, ...part } } : it))
    store.tell({ kind: 'sound', sound: one(id).row })
  }
  const make = (id: string) => {
    // A page that was loaded anew knows nothing of it.
    const found = store.sounds.find(({ row }) => row.id === id)
    if (found?.row.state !== 'making') return
    const { row, text } = found
    if (text.includes('refused')) change(id, { state: 'failed', problem: problem('balance_empty') })
    else if (text.includes('cut') && row.kept > 0)
      change(id, { state: 'failed', problem: problem('speech_cut') })
    else {
      const kept = row.kept + 1
      const spoken = Math.min(kept * PART, cut(text).length)
      const state = kept === row.parts ? 'done' : 'making'
      change(id, { kept, durationMs: spoken * SENTENCE_MS, state })
      setTimeout(() => make(id), STEP_MS)
    }
  }
  return {
    speakers: async () => speakers(store),
    draft: async () => store.speechDraft,
    async speak(wish) {
      const { serviceId, model, voice, options, messageId } = wish
      const before = store.sounds.find(
        ({ row, deleted }) =>
          !deleted && messageId !== null && row.messageId === messageId && row.voice === voice,
      )
      if (before?.row.state === 'stopped') {
        change(before.row.id, { state: 'making' })
        setTimeout(() => make(before.row.id), STEP_MS)
      }
      if (before) return one(before.row.id).row
      store.spoken = [...store.spoken, wish]
      const text = messageId === null ? wish.text : said(store, messageId)
      const row: Sound = {
        id: crypto.randomUUID(),
        serviceId,
        messageId,
        model,
        voice,
        title: text.trim().slice(0, 40),
        options,
        state: 'making',
        problem: null,
        parts: Math.ceil(cut(text).length / PART),
        kept: 0,
        durationMs: 0,
        heardMs: 0,
        costUsd: null,
        createdAt: Date.now(),
      }
      store.sounds = [{ row, text, deleted: false }, ...store.sounds]
      store.tell({ kind: 'sound', sound: row })
      setTimeout(() => make(row.id), STEP_MS)
      return row
    },
    stop: async (id) => change(id, { state: 'stopped' }),
    async enough(id) {
      if (one(id).row.state === 'making') change(id, { state: 'stopped' })
    },
    async goOn(id) {
      const text = one(id).text.replaceAll('cut', 'kept').replaceAll('refused', 'paid')
      store.sounds = store.sounds.map((it) => (it.row.id === id ? { ...it, text } : it))
      change(id, { state: 'making', problem: null })
      setTimeout(() => make(id), STEP_MS)
    },
    list: async (search, from, count) =>
      store.sounds
        .filter(({ deleted, row, text }) => {
          const words = `${row.title} ${text}`.toLocaleLowerCase()
          return !deleted && words.includes(search.toLocaleLowerCase())
        })
        .slice(from, from + count)
        .map(({ row }) => row),
    async sound(id) {
      const found = one(id)
      const peaks = Array.from({ length: found.row.durationMs / 100 }, (_, at) => 90 + ((at * 37) % 120))
      return { sound: found.row, text: found.text, sentences: sentences(found), peaks }
    },
    async rename(id, title) {
      if (title.trim() === '') throw new Failure(problem('name_missing'))
      change(id, { title: title.trim() })
    },
    async remove(id) {
      store.sounds = store.sounds.map((it) => (it.row.id === id ? { ...it, deleted: true } : it))
      store.tell({ kind: 'sounds' })
    },
    async restore(id) {
      store.sounds = store.sounds.map((it) => (it.row.id === id ? { ...it, deleted: false } : it))
      store.tell({ kind: 'sounds' })
    },
    save: async () => true,
  }
}

export function playerHost(store: FakeStore): Host['player'] {
  const set = (part: Partial<Playback>) => {
    store.playback = { ...store.playback, ...part }
    store.tell({ kind: 'playback', playback: store.playback })
  }
  return {
    async play(id, fromMs) {
      const found = store.sounds.find(({ row }) => row.id === id)
      if (found?.text.includes('mute')) {
        set({ ...SILENT, soundId: id, problem: problem('no_sound_device') })
        return
      }
      const here = store.playback.soundId === id ? store.playback.positionMs : (found?.row.heardMs ?? 0)
      set({
        soundId: id,
        recordingId: null,
        playing: true,
        ended: false,
        problem: null,
        positionMs: fromMs ?? here,
      })
    },
    pause: async () => set({ playing: false }),
    seek: async (toMs) => set({ positionMs: toMs }),
    setSpeed: async (speed) => set({ speed }),
    setVolume: async (volume) => set({ volume }),
    playback: async () => store.playback,
  }
}
