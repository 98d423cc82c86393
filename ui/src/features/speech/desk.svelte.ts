// The desk of "Speech": the text, whose voice, and how it is read. All of it is kept while it is typed, so it is here again
// after a restart.
import type { Problem } from '../../bindings/Problem'
import type { Sound } from '../../bindings/Sound'
import type { Speaker } from '../../bindings/Speaker'
import { failureOf } from '../../host/failure'
import type { Host } from '../../host/host'
import { Presses } from '../../state/presses'

const OFTEN_MS = 300
const PLACE = 'speech'
/** The voice of the mock-ups, and known to every model of the first maker. */
const FIRST_VOICE = 'nova'

interface Draft {
  text: string
  serviceId: string | null
  model: string
  voice: string
  speed: number
  format: string
  instructions: string
}

const NOTHING: Draft = {
  text: '',
  serviceId: null,
  model: '',
  voice: FIRST_VOICE,
  speed: 1,
  format: '',
  instructions: '',
}

export class Desk {
  draft = $state.raw<Draft>(NOTHING)
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
    const all = this.speakers ?? []
    const { serviceId, model } = this.draft
    return (
      all.find((one) => one.serviceId === serviceId && one.model === model) ??
      all.find(({ favourite }) => favourite) ??
      all[0] ??
      null
    )
  }

  /** The form that will be asked for, where one can be chosen. */
  get format(): string {
    const formats = this.speaker?.formats ?? []
    return formats.includes(this.draft.format) ? this.draft.format : (formats[0] ?? '')
  }

  /** What lay here when it was last left. */
  lay(text: string): void {
    this.#written = text
    this.#presses.forget()
    this.draft = read(text)
  }

  set(part: Partial<Draft>): void {
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
      const { serviceId, model } = speaker
      return await this.#host.speech.speak({
        serviceId,
        model,
        voice: draft.voice,
        text: draft.text,
        options: {
          speed: speaker.speed && draft.speed !== 1 ? draft.speed : null,
          format: draft.format === '' || speaker.formats.length === 0 ? null : this.format,
          instructions: speaker.instructions ? draft.instructions : '',
        },
      })
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

/** A draft as an older or newer Medley may have written it. */
function read(text: string): Draft {
  if (text === '') return NOTHING
  try {
    return { ...NOTHING, ...(JSON.parse(text) as Partial<Draft>) }
  } catch {
    // Not ours: it is words, and words are kept.
    return { ...NOTHING, text }
  }
}
