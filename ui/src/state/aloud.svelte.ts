// "Read aloud": an answer is spoken in the voice of the desk of "Speech". What was read before is played again at no cost.
import type { Event } from '../bindings/Event'
import { explain, failureOf, host } from '../host'
import { m } from '../paraglide/messages'
import { Presses } from './presses'
import { router } from './router.svelte'
import { services } from './services.svelte'
import { attempt, toasts } from './toasts.svelte'
import { readDraft, speakerOf, wishOf } from './voice'

class Aloud {
  /** The answer that is heard or about to be. */
  messageId = $state<string | null>(null)
  /** It is heard now, or will be as soon as there is something to hear. */
  playing = $state(false)
  #soundId: string | null = null
  #listens = false
  readonly #presses = new Presses()

  /** Reads an answer, stops reading it, or goes on with it. */
  async press(messageId: string): Promise<void> {
    const hasty = this.#presses.hasty()
    if (this.messageId === messageId && this.playing) {
      if (hasty) return
      this.playing = false
      await attempt(() => host.player.pause())
      return
    }
    this.#listen()
    this.messageId = messageId
    this.playing = true
    this.#soundId = null
    try {
      await this.#read(messageId)
    } catch (reason) {
      if (this.messageId === messageId) this.playing = false
      toasts.failed(failureOf(reason))
    }
  }

  async #read(messageId: string): Promise<void> {
    const [speakers, draft] = await Promise.all([host.speech.speakers(), host.speech.draft()])
    const desk = readDraft(draft)
    const speaker = speakerOf(speakers, desk)
    if (!speaker) {
      this.playing = false
      const connect = { label: m.chat_connect(), run: () => void (router.welcome = 'connect') }
      const settings = { label: m.pictures_services(), run: () => router.openSettings('services') }
      toasts.show(m.speech_no_model_title(), services.all.length === 0 ? connect : settings)
      return
    }
    const sound = await host.speech.speak({ ...wishOf(speaker, desk), text: '', messageId })
    // Somebody wants to hear something else by now, or nothing.
    if (this.messageId !== messageId || !this.playing) return
    this.#soundId = sound.id
    await host.player.play(sound.id, null)
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
    } else if (event.kind === 'sound' && event.sound.id === this.#soundId && event.sound.state === 'failed') {
      if (event.sound.problem) toasts.show(explain(event.sound.problem).words)
    }
  }
}

export const aloud = new Aloud()
