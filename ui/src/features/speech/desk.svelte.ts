// The desk of "Speech": the text, whose voice, and how it is read. All of it is kept while it is typed, so it is here again
// after a restart.
import type { Problem } from '../../bindings/Problem'
import type { Sound } from '../../bindings/Sound'
import type { Speaker } from '../../bindings/Speaker'
import { failureOf } from '../../host/failure'
import type { Host } from '../../host/host'
import { Presses } from '../../state/presses'
import {
  FIRST_VOICE,
  formatOf,
  NO_DRAFT,
  readDraft,
  speakerOf,
  type VoiceDraft,
  wishOf,
} from '../../state/voice'

const OFTEN_MS = 300
const PLACE = 'speech'

export class Desk {
  draft = $state.raw<VoiceDraft>(NO_DRAFT)
  speakers = $state.raw<readonly Speaker[] | null>(null)
  speaking = $state(false)
  problem = $state.raw<Problem | null>(null)
  readonly #presses = new Presses()
  #written = ''
  #soon: ReturnType<typeof setTimeout> | undefined
  readonly #host: Host
  readonly #failed: (reason: unknown) => void

  constructor(host: Host, failed: (reason: unknown) => void) {
    this.#host = host
    this.#failed = failed
  }

  /** The model that will be asked: the chosen one, else a favourite, else any. */
  get speaker(): Speaker | null {
    return speakerOf(this.speakers ?? [], this.draft)
  }

  /** The form that will be asked for, where one can be chosen. */
  get format(): string {
    return formatOf(this.speaker, this.draft)
  }

  /** What lay here when it was last left. */
  lay(text: string): void {
    this.#written = text
    this.#presses.forget()
    this.draft = readDraft(text)
  }

  set(part: Partial<VoiceDraft>): void {
    this.draft = { ...this.draft, ...part }
    if (part.text !== undefined) this.problem = null
    this.#soon ??= setTimeout(() => void this.keep(), OFTEN_MS)
  }

  choose({ serviceId, model, voices }: Speaker): void {
    this.problem = null
    const known = voices.includes(this.draft.voice) || !this.speaker?.voices.includes(this.draft.voice)
    this.set({ serviceId, model, voice: known ? this.draft.voice : (voices[0] ?? FIRST_VOICE) })
  }

  /** Has it read aloud. Answers the sound, or nothing when it was not accepted. */
  async speak(): Promise<Sound | null> {
    const { speaker, draft } = this
    const hasty = this.#presses.hasty()
    if (hasty || !speaker || this.speaking || draft.text.trim() === '') return null
    this.speaking = true
    this.problem = null
    try {
      return await this.#host.speech.speak({ ...wishOf(speaker, draft), text: draft.text, messageId: null })
    } catch (reason) {
      this.problem = failureOf(reason).problem
      this.#presses.forget()
      return null
    } finally {
      this.speaking = false
    }
  }

  /** Writes everything down now. */
  async keep(): Promise<void> {
    clearTimeout(this.#soon)
    this.#soon = undefined
    const text = JSON.stringify(this.draft)
    if (text === this.#written) return
    const before = this.#written
    this.#written = text
    try {
      await this.#host.chat.saveDraft(PLACE, text)
    } catch (reason) {
      this.#written = before
      this.#failed(reason)
    }
  }
}
