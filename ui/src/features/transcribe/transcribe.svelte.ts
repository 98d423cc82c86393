// The place "Transcribe" as one: the recorder, everything that was recorded or brought, and the transcript that is read. Filled
// when it is first opened and kept true from then on.
import type { Event } from '../../bindings/Event'
import type { Playback } from '../../bindings/Playback'
import type { Recording } from '../../bindings/Recording'
import type { RecordingPage } from '../../bindings/RecordingPage'
import type { Scribe } from '../../bindings/Scribe'
import type { TranscriptTask } from '../../bindings/TranscriptTask'
import type { TookIn } from '../../bindings/TookIn'
import type { Transcript } from '../../bindings/Transcript'
import type { TranscriptForm } from '../../bindings/TranscriptForm'
import { explain, failureOf, host } from '../../host'
import { m } from '../../paraglide/messages'
import { clock, day } from '../../state/format'
import { handed } from '../../state/handed'
import { router } from '../../state/router.svelte'
import { clockOf } from '../../state/sound'
import { attempt, toasts } from '../../state/toasts.svelte'
import { Desk } from './desk.svelte'
import { Lines } from './lines.svelte'
import { RecorderDesk } from './recorder.svelte'
import { lineAt, speakerName, speakersOf, textOf } from './told'

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

class Transcribe {
  readonly desk = new Desk(host, failed)
  readonly recorder = new RecorderDesk(host, failed)
  readonly lines = new Lines(host)
  /** What is looked for among the recordings. */
  search = $state('')
  list = $state.raw<readonly Recording[] | null>(null)
  /** There are more than are listed. */
  more = $state(false)
  page = $state.raw<RecordingPage | null>(null)
  playback = $state.raw<Playback>(SILENCE)
  /** The open recording broke off when Medley was closed, and is looked at for the first time. */
  found = $state(false)
  /** Files are being taken in. */
  taking = $state(false)
  /** The recording that gets another name. */
  renaming = $state.raw<Recording | null>(null)
  /** What a screen reader says now. */
  said = $state('')
  #begun: Promise<void> | null = null
  #asked = 0
  #opened = 0
  #freshened = 0

  /** The transcript that is read. */
  get transcript(): Transcript | null {
    const { page } = this
    if (!page) return null
    return page.task === 'translate' ? page.recording.english : page.recording.transcript
  }

  /** How the open recording stands in the player. */
  get heard(): Playback {
    const { page, playback } = this
    if (page && playback.recordingId === page.recording.id) return playback
    const positionMs = page?.recording.heardMs ?? 0
    return { ...SILENCE, speed: playback.speed, volume: playback.volume, positionMs }
  }

  /** Which line is said. */
  get line(): number {
    return lineAt(this.lines.all, this.heard.positionMs)
  }

  /** Reads everything the place shows; once. */
  begin(): Promise<void> {
    this.#begun ??= this.#begin()
    return this.#begun
  }

  /** Reads it all again, for tests and after the engine was exchanged. */
  async renew(): Promise<void> {
    await this.begin()
    Object.assign(this, { page: null, search: '' })
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
      const found = await host.recordings.list(this.search.trim(), 0, count)
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
      const next = await host.recordings.list(this.search.trim(), list.length, PAGE)
      if (this.list !== list) return
      this.list = [...list, ...next]
      this.more = next.length === PAGE
    } catch (reason) {
      failed(reason)
    }
  }

  /** To the page where one records and brings files. */
  start(): void {
    this.#opened += 1
    this.page = null
    router.drawer = false
  }

  async open(id: string, task: TranscriptTask = 'transcribe'): Promise<void> {
    router.drawer = false
    const opened = ++this.#opened
    const found = this.list?.find((row) => row.id === id)?.state === 'found'
    try {
      const page = await host.recordings.page(id, task)
      if (opened !== this.#opened) return
      this.found = found || (this.found && this.page?.recording.id === id)
      this.#lay(page)
    } catch (reason) {
      failed(reason)
    }
  }

  /** Takes in files that the system's dialog gives, or that were dropped. */
  async take(from: 'pick' | 'drop'): Promise<void> {
    this.taking = true
    try {
      const wish = this.desk.with()
      const took = await (from === 'pick' ? host.recordings.pick(wish) : host.recordings.takeDropped(wish))
      await this.#took(took)
    } catch (reason) {
      failed(reason)
    } finally {
      this.taking = false
    }
  }

  /** Takes in files as the page has them: pasted ones. */
  async paste(files: readonly File[]): Promise<void> {
    this.taking = true
    const took: TookIn = { ids: [], isMany: false, before: [], unread: 0 }
    try {
      for (const file of files) {
        const bytes = new Uint8Array(await file.arrayBuffer())
        const one = await host.recordings.add(file.name, bytes, this.desk.with())
        took.ids.push(...one.ids)
        took.before.push(...one.before)
        took.unread += one.unread
      }
      await this.#took(took)
    } catch (reason) {
      failed(reason)
    } finally {
      this.taking = false
    }
  }

  async record(): Promise<void> {
    const now = Date.now()
    const name = m.scribe_recording_name({ date: `${day(now)} ${clock(now)}` })
    const row = await this.recorder.begin(name, this.desk.microphone)
    if (!row) return
    this.page = null
    this.said = m.scribe_began()
  }

  /** Ends the recording, opens it, and has it written down. */
  async stop(): Promise<void> {
    const row = await this.recorder.end()
    if (!row) return
    this.said = m.scribe_ended()
    await this.open(row.id)
    if (this.desk.scribe) await this.transcribe(row)
  }

  /** Has it written down, as it is said or in English; false where nobody does. */
  async transcribe(recording: Recording, task: TranscriptTask = 'transcribe'): Promise<boolean> {
    const wish = this.desk.with(this.desk.who(task))
    return wish !== null && (await attempt(() => host.recordings.transcribe(recording.id, task, wish)))
  }

  /** Shows the English of the open recording; asks for it first where there is none. */
  async english(): Promise<void> {
    const { page } = this
    if (!page) return
    if (!page.recording.english) {
      if (!this.desk.who('translate')) {
        toasts.show(m.scribe_english_none())
        return
      }
      if (!(await this.transcribe(page.recording, 'translate'))) return
    }
    if (this.page?.recording.id === page.recording.id) await this.open(page.recording.id, 'translate')
  }

  async pause(transcript: Transcript): Promise<void> {
    await attempt(() => host.recordings.pause(transcript.id))
  }

  /** Asks for what is missing, where another is named with that model. */
  async goOn(transcript: Transcript, scribe?: Scribe): Promise<void> {
    await attempt(() => host.recordings.goOn(transcript.id, scribe ? [scribe.serviceId, scribe.model] : null))
  }

  /** Plays the open recording, from a moment on or where it was. */
  async play(from: number | null = null): Promise<void> {
    const { page } = this
    if (page) await attempt(() => host.recordings.play(page.recording.id, from))
  }

  async toggle(): Promise<void> {
    if (this.heard.playing) await attempt(() => host.player.pause())
    else await this.play()
  }

  /** To another moment, playing or not as before. */
  async seek(ms: number): Promise<void> {
    const { page, playback } = this
    if (!page) return
    const at = Math.round(Math.max(0, Math.min(ms, page.recording.durationMs)))
    if (playback.recordingId !== page.recording.id) {
      await this.play(at)
      return
    }
    this.playback = { ...playback, positionMs: at }
    await attempt(() => host.player.seek(at))
  }

  async setSpeed(speed: number): Promise<void> {
    this.playback = { ...this.playback, speed }
    await attempt(() => host.player.setSpeed(speed))
  }

  async save(form: TranscriptForm): Promise<void> {
    const { transcript } = this
    if (!transcript) return
    const names = Object.fromEntries(speakersOf(this.lines.all).map((one) => [one, speakerName(one)]))
    try {
      if (await host.recordings.save({ id: transcript.id, form, names })) toasts.show(m.scribe_saved())
    } catch (reason) {
      failed(reason)
    }
  }

  async saveSound(recording: Recording): Promise<void> {
    try {
      if (await host.recordings.saveSound(recording.id)) toasts.show(m.scribe_saved())
    } catch (reason) {
      failed(reason)
    }
  }

  async copy(): Promise<void> {
    if (await attempt(() => host.copyText(textOf(this.lines.all)))) toasts.show(m.scribe_copied())
  }

  /** A new chat, with the text as a file that goes along. */
  async ask(): Promise<void> {
    const { page } = this
    if (!page) return
    const text = textOf(this.lines.all, clockOf)
    const bytes = new TextEncoder().encode(text)
    try {
      handed.toNewChat(await host.attachments.add('new', `${page.recording.name}.txt`, bytes))
      router.newConversation()
    } catch (reason) {
      failed(reason)
    }
  }

  /** To the recycle bin, with a way back. */
  async remove(recording: Recording): Promise<void> {
    if (!(await attempt(() => host.recordings.remove(recording.id)))) return
    if (this.page?.recording.id === recording.id) this.start()
    const undo = () => void attempt(() => host.recordings.restore(recording.id))
    toasts.show(m.scribe_deleted({ title: recording.name }), { label: m.kit_undo(), run: undo })
  }

  async rename(recording: Recording, name: string): Promise<void> {
    await host.recordings.rename(recording.id, name)
  }

  async #begin(): Promise<void> {
    host.listen((event) => void this.#hear(event))
    await this.#fill()
  }

  async #fill(): Promise<void> {
    try {
      const [draft, playback, now] = await Promise.all([
        host.recordings.draft(),
        host.player.playback(),
        host.recorder.now(),
      ])
      this.desk.lay(draft)
      this.playback = playback
      if (now) this.recorder.view = { ...this.recorder.view, stage: 'recording', recordingId: now }
    } catch (reason) {
      failed(reason)
    }
    await Promise.all([this.#readScribes(), this.read()])
  }

  async #readScribes(): Promise<void> {
    try {
      this.desk.scribes = await host.recordings.scribes()
    } catch (reason) {
      failed(reason)
    }
  }

  async #took(took: TookIn): Promise<void> {
    this.desk.took(took)
    const { ids, before } = took
    const first = ids[0] ?? before[0]
    if (first && ids.length + before.length === 1) await this.open(first)
  }

  async #hear(event: Event): Promise<void> {
    if (event.kind === 'playback') this.playback = event.playback
    else if (event.kind === 'recorder') this.#heed(event.recorder)
    else if (event.kind === 'recording') await this.#change(event.recording)
    else if (event.kind === 'recordings') await this.read()
    else if (event.kind === 'models' || event.kind === 'service' || event.kind === 'serviceGone')
      await this.#readScribes()
  }

  /** What broke off by itself is shown, with all that came. */
  #heed(view: RecorderDesk['view']): void {
    const { recordingId, problem, stage } = view
    this.recorder.hear(view)
    if (stage !== 'broken' || !recordingId) return
    const look = { label: m.bin_open(), run: () => router.go('transcribe') }
    if (router.place !== 'transcribe' && problem) toasts.show(explain(problem).words, look)
    void this.open(recordingId)
  }

  /** A recording came further. The list first: nothing older may come after what is told next. */
  async #change(recording: Recording): Promise<void> {
    const { page, list } = this
    const known = list?.some(({ id }) => id === recording.id)
    if (list && known) this.list = list.map((one) => (one.id === recording.id ? recording : one))
    if (page?.recording.id === recording.id) {
      const before = this.transcript?.kept
      const hadFile = page.recording.mediaId
      this.page = { ...page, recording }
      if (before !== this.transcript?.kept || hadFile !== recording.mediaId)
        await this.#freshen(recording.id, page.task)
    }
    if (!known) await this.read()
  }

  /** Reads the open page anew; how its recording stands was told by events, which may be newer. */
  async #freshen(id: string, task: TranscriptTask): Promise<void> {
    const asked = ++this.#freshened
    try {
      const fresh = await host.recordings.page(id, task)
      const { page } = this
      if (asked === this.#freshened && page?.recording.id === id && page.task === task)
        this.#lay({ ...fresh, recording: page.recording })
    } catch (reason) {
      failed(reason)
    }
  }

  #lay(page: RecordingPage): void {
    this.page = page
    this.lines.lay(this.transcript?.id ?? '', page.lines)
  }
}

export const transcribe = new Transcribe()
