// "Read aloud": an answer is spoken in the voice of the desk of "Speech". What was read before is played again at no cost.
import { untrack } from 'svelte'
import type { Event } from '../bindings/Event'
import type { Sound } from '../bindings/Sound'
import { explain, failureOf, host } from '../host'
import { m } from '../paraglide/messages'
import { Presses } from './presses'
import { router } from './router.svelte'
import { services } from './services.svelte'
import { attempt, toasts } from './toasts.svelte'
import { readDraft, readingOf, speakerOf } from './voice'

class Aloud {
  /** The answer that is heard or about to be. */
  messageId = $state<string | null>(null)
  /** It is heard now, or will be as soon as there is something to hear. */
  playing = $state(false)
  /** Answers on the screen whose button stops the voice. */
  #seen = $state.raw<readonly string[]>([])
  #soundId: string | null = null
  #listens = false
  readonly #presses = new Presses()

  /** The voice is heard, and no button on the screen stops it. */
  get unseen(): boolean {
    return this.playing && !this.#seen.some((id) => id === this.messageId)
  }

  /** An answer is on the screen, until the function that is answered is called. */
  shows(messageId: string): () => void {
    // Whoever shows one does not depend on what else is shown.
    this.#seen = [...untrack(() => this.#seen), messageId]
    return () => {
      const at = this.#seen.indexOf(messageId)
      this.#seen = this.#seen.toSpliced(at, 1)
    }
  }

  /** Reads an answer, or stops. */
  async press(messageId: string): Promise<void> {
    const hasty = this.#presses.hasty()
    const heard = this.playing && this.messageId === messageId
    if (heard && hasty) return
    if (this.playing) await this.stop()
    if (heard) return
    this.#listen()
    this.messageId = messageId
    this.playing = true
    this.#soundId = null
    try {
      await this.#read(messageId)
    } catch (reason) {
      const failure = failureOf(reason)
      if (this.messageId === messageId) this.playing = false
      if (failure.problem.code === 'nothing_to_send') toasts.show(m.chat_read_nothing())
      else toasts.failed(failure)
    }
  }

  /** No more is heard, and no more is asked for. */
  async stop(): Promise<void> {
    const id = this.#soundId
    this.playing = false
    this.#soundId = null
    if (id) await attempt(() => Promise.all([host.player.pause(), host.speech.enough(id)]))
  }

  async #read(messageId: string): Promise<void> {
    const [speakers, draft] = await Promise.all([host.speech.speakers(), host.speech.draft()])
    if (!this.#wants(messageId)) return
    const desk = readDraft(draft)
    const speaker = speakerOf(speakers, desk)
    if (!speaker) {
      this.playing = false
      const connect = { label: m.chat_connect(), run: () => void (router.welcome = 'connect') }
      const settings = { label: m.pictures_services(), run: () => router.openSettings('services') }
      toasts.show(m.speech_no_model_title(), services.all.length === 0 ? connect : settings)
      return
    }
    const { id } = await host.speech.speak({ ...readingOf(speaker, desk), text: '', messageId })
    if (!this.#wants(messageId)) return void (await host.speech.enough(id))
    this.#soundId = id
    // It may have failed before anybody listened.
    const { sound } = await host.speech.sound(id)
    this.#tell(sound)
    if (this.#soundId !== id) return
    if (sound.state !== 'making' && sound.durationMs === 0) this.playing = false
    else await host.player.play(id, null)
  }

  /** Nobody wants to hear something else by now, or nothing. */
  #wants(messageId: string): boolean {
    return this.playing && this.messageId === messageId
  }

  #listen(): void {
    if (!this.#listens) host.listen((event) => this.#hear(event))
    this.#listens = true
  }

  #hear(event: Event): void {
    if (this.#soundId === null) return
    if (event.kind === 'playback') {
      const { soundId, playing, waiting, problem } = event.playback
      const mine = soundId === this.#soundId
      if (mine && problem) toasts.show(explain(problem).words)
      this.playing = mine && (playing || waiting)
    } else if (event.kind === 'sound' && event.sound.id === this.#soundId) this.#tell(event.sound)
  }

  /** Why not everything is heard, and the way on. What may have been paid for is asked for again by the person alone. */
  #tell({ id, state, problem }: Sound): void {
    if (!problem || state === 'making') return
    const goOn = async () => {
      await host.speech.goOn(id)
      this.#soundId = id
      this.playing = true
      await host.player.play(id, null)
    }
    toasts.show(explain(problem).words, { label: m.speech_go_on(), run: () => void attempt(goOn) })
  }
}

export const aloud = new Aloud()
