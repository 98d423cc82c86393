// The place "Speech" as one: the desk, everything that was spoken, and what is heard. Filled when it is first opened and kept
// true from then on.
import type { Event } from '../../bindings/Event'
import type { Playback } from '../../bindings/Playback'
import type { Sound } from '../../bindings/Sound'
import type { SoundPage } from '../../bindings/SoundPage'
import { failureOf, host } from '../../host'
import { m } from '../../paraglide/messages'
import { router } from '../../state/router.svelte'
import { attempt, toasts } from '../../state/toasts.svelte'
import { Desk } from './desk.svelte'
import { sentenceAt } from './spoken'

const PAGE = 100
const failed = (reason: unknown) => toasts.failed(failureOf(reason))
const SILENCE: Playback = {
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

class Speech {
  readonly desk = new Desk(host, failed)
  /** What stands on the sheet: the text being written, or the one being heard. */
  view = $state<'write' | 'listen'>('write')
  /** What is looked for among the sounds. */
  search = $state('')
  list = $state.raw<readonly Sound[] | null>(null)
  /** There are more than are listed. */
  more = $state(false)
  page = $state.raw<SoundPage | null>(null)
  playback = $state.raw<Playback>(SILENCE)
  /** The sound that gets another name. */
  renaming = $state.raw<Sound | null>(null)
  /** What a screen reader says now. */
  said = $state('')
  #begun: Promise<void> | null = null
  #asked = 0
  #opened = 0
  #freshened = 0

  /** How the open sound stands in the player. */
  get heard(): Playback {
    const { page, playback } = this
    if (page && playback.soundId === page.sound.id) return playback
    return {
      ...SILENCE,
      speed: playback.speed,
      volume: playback.volume,
      positionMs: page?.sound.heardMs ?? 0,
    }
  }

  /** Which sentence is spoken. */
  get sentence(): number {
    return this.page ? sentenceAt(this.page.sentences, this.heard.positionMs) : -1
  }

  /** Reads everything the place shows; once. */
  begin(): Promise<void> {
    this.#begun ??= this.#begin()
    return this.#begun
  }

  /** Reads it all again, for tests and after the engine was exchanged. */
  async renew(): Promise<void> {
    await this.begin()
    Object.assign(this, { page: null, view: 'write', search: '' })
    await this.#fill()
  }

  async look(words: string): Promise<void> {
    this.search = words
    await this.read()
  }

  /** Reads the list anew, as far as it was read. */
  async read(): Promise<void> {
    const asked = ++this.#asked
    try {
      const count = Math.max(PAGE, this.list?.length ?? 0)
      const found = await host.speech.list(this.search.trim(), 0, count)
      if (asked !== this.#asked) return
      this.list = found
      this.more = found.length === count
    } catch (reason) {
      failed(reason)
    }
  }

  /** The next page of the list. */
  async readMore(): Promise<void> {
    const { list } = this
    if (!list || !this.more) return
    this.more = false
    try {
      const next = await host.speech.list(this.search.trim(), list.length, PAGE)
      if (this.list !== list) return
      this.list = [...list, ...next]
      this.more = next.length === PAGE
    } catch (reason) {
      failed(reason)
    }
  }

  /** Lays a sound on the sheet. True when it lies there. */
  async open(id: string): Promise<boolean> {
    router.drawer = false
    const opened = ++this.#opened
    try {
      const page = await host.speech.sound(id)
      if (opened !== this.#opened) return false
      this.page = page
      this.view = 'listen'
      return true
    } catch (reason) {
      failed(reason)
      return false
    }
  }

  /** To the sheet that is written on; another text takes the place of what stood there, with a way back. */
  write(text?: string): void {
    const before = this.desk.draft.text
    if (text !== undefined && text !== before) {
      this.desk.set({ text })
      const undo = () => this.write(before)
      if (before.trim() !== '') toasts.show(m.speech_replaced(), { label: m.kit_undo(), run: undo })
    }
    this.view = 'write'
    router.drawer = false
  }

  async speak(): Promise<void> {
    const sound = await this.desk.speak()
    if (!sound) return
    this.said = m.speech_began()
    if (await this.open(sound.id)) await this.play(0)
  }

  /** Plays the open sound, from a moment on or where it was. */
  async play(from: number | null = null): Promise<void> {
    const { page } = this
    if (page) await attempt(() => host.player.play(page.sound.id, from))
  }

  async toggle(): Promise<void> {
    if (this.heard.playing) await attempt(() => host.player.pause())
    else await this.play()
  }

  /** To another moment, playing or not as before. */
  async seek(ms: number): Promise<void> {
    const { page, playback } = this
    if (!page) return
    const at = Math.round(Math.max(0, Math.min(ms, page.sound.durationMs)))
    if (playback.soundId !== page.sound.id) {
      await this.play(at)
      return
    }
    this.playback = { ...playback, positionMs: at }
    await attempt(() => host.player.seek(at))
  }

  /** To the beginning of a sentence, and plays. */
  async jump(index: number): Promise<void> {
    const start = this.page?.sentences[index]?.startMs
    if (start === null || start === undefined) return
    await this.play(start)
  }

  /** So many sentences on. Back means the beginning of this one first, as every player does. */
  async skip(step: 1 | -1): Promise<void> {
    const { page, sentence } = this
    const start = page?.sentences[sentence]?.startMs ?? 0
    const isWellInside = this.heard.positionMs - start > 1500
    const goal = Math.max(0, step < 0 && isWellInside ? sentence : sentence + step)
    const to = page?.sentences[goal]?.startMs
    if (to !== null && to !== undefined) await this.seek(to)
  }

  async setSpeed(speed: number): Promise<void> {
    this.playback = { ...this.playback, speed }
    await attempt(() => host.player.setSpeed(speed))
  }

  async setVolume(volume: number): Promise<void> {
    this.playback = { ...this.playback, volume }
    await attempt(() => host.player.setVolume(volume))
  }

  async goOn(sound: Sound): Promise<void> {
    await attempt(() => host.speech.goOn(sound.id))
  }

  async stop(sound: Sound): Promise<void> {
    await attempt(() => host.speech.stop(sound.id))
  }

  async save(sound: Sound): Promise<void> {
    try {
      if (!(await host.speech.save(sound.id))) return
      toasts.show(sound.kept < sound.parts ? m.speech_saved_part() : m.speech_saved())
    } catch (reason) {
      failed(reason)
    }
  }

  /** To the recycle bin, with a way back. */
  async remove(sound: Sound): Promise<void> {
    if (!(await attempt(() => host.speech.remove(sound.id)))) return
    if (this.page?.sound.id === sound.id) {
      this.page = null
      this.view = 'write'
    }
    const undo = () => void attempt(() => host.speech.restore(sound.id))
    toasts.show(m.speech_deleted({ title: sound.title }), { label: m.kit_undo(), run: undo })
  }

  async rename(sound: Sound, title: string): Promise<void> {
    await host.speech.rename(sound.id, title)
  }

  async #begin(): Promise<void> {
    host.listen((event) => void this.#hear(event))
    await this.#fill()
  }

  async #fill(): Promise<void> {
    try {
      const [draft, playback] = await Promise.all([host.speech.draft(), host.player.playback()])
      this.desk.lay(draft)
      this.playback = playback
    } catch (reason) {
      failed(reason)
    }
    await Promise.all([this.#readSpeakers(), this.read()])
  }

  async #readSpeakers(): Promise<void> {
    try {
      this.desk.speakers = await host.speech.speakers()
    } catch (reason) {
      failed(reason)
    }
  }

  async #hear(event: Event): Promise<void> {
    if (event.kind === 'playback') this.playback = event.playback
    else if (event.kind === 'sound') await this.#change(event.sound)
    else if (event.kind === 'sounds') await this.read()
    else if (event.kind === 'models' || event.kind === 'service' || event.kind === 'serviceGone')
      await this.#readSpeakers()
  }

  /** A sound came further. Its page is read anew when there is more to hear. */
  async #change(sound: Sound): Promise<void> {
    const { page, list } = this
    if (page?.sound.id === sound.id) {
      this.page = { ...page, sound }
      if (page.sound.durationMs !== sound.durationMs || page.sound.kept !== sound.kept)
        void this.#freshen(sound.id)
    }
    const known = list?.some(({ id }) => id === sound.id)
    if (list && known) this.list = list.map((one) => (one.id === sound.id ? sound : one))
    else await this.read()
  }

  /** Reads the open page anew; how its sound stands was told by events, which may be newer. */
  async #freshen(id: string): Promise<void> {
    const asked = ++this.#freshened
    try {
      const fresh = await host.speech.sound(id)
      const { page } = this
      if (asked === this.#freshened && page?.sound.id === id) this.page = { ...fresh, sound: page.sound }
    } catch (reason) {
      failed(reason)
    }
  }
}

export const speech = new Speech()
