// How things are written down: by which model, in what language, with which names in them; and the microphone. It is kept, so
// that it is here again after a restart.
import type { Scribe } from '../../bindings/Scribe'
import type { TookIn } from '../../bindings/TookIn'
import type { TranscribeWith } from '../../bindings/TranscribeWith'
import type { TranscriptTask } from '../../bindings/TranscriptTask'
import type { Host } from '../../host/host'
import { m } from '../../paraglide/messages'
import { number } from '../../state/format'
import { attempt, toasts } from '../../state/toasts.svelte'

const OFTEN_MS = 300
const PLACE = 'transcribe'

interface Draft {
  serviceId: string | null
  model: string
  language: string
  prompt: string
  microphone: string
  follow: boolean
}

const NOTHING: Draft = { serviceId: null, model: '', language: '', prompt: '', microphone: '', follow: true }

export class Desk {
  draft = $state.raw<Draft>(NOTHING)
  scribes = $state.raw<readonly Scribe[] | null>(null)
  #written = ''
  #soon: ReturnType<typeof setTimeout> | undefined
  readonly #host: Host
  readonly #failed: (reason: unknown) => void

  constructor(host: Host, failed: (reason: unknown) => void) {
    this.#host = host
    this.#failed = failed
  }

  /** The model that will be asked: the chosen one, else a favourite, else any. */
  get scribe(): Scribe | null {
    const all = this.scribes ?? []
    const { serviceId, model } = this.draft
    return (
      all.find((one) => one.serviceId === serviceId && one.model === model) ??
      all.find(({ favourite }) => favourite) ??
      all[0] ??
      null
    )
  }

  /** Any that tells in English what is said: the chosen one first. */
  get translator(): Scribe | null {
    const { scribe } = this
    if (scribe?.translates) return scribe
    return (this.scribes ?? []).find(({ translates }) => translates) ?? null
  }

  /** Whoever is asked for that. */
  who(task: TranscriptTask): Scribe | null {
    return task === 'translate' ? this.translator : this.scribe
  }

  /** What is sent along; nothing where nobody writes down. */
  with(scribe = this.scribe): TranscribeWith | null {
    if (!scribe) return null
    const { language, prompt } = this.draft
    return {
      serviceId: scribe.serviceId,
      model: scribe.model,
      options: {
        language: scribe.language && language ? language : null,
        prompt: scribe.prompt ? prompt : '',
      },
    }
  }

  /** Says what became of files that were brought. */
  took({ ids, isMany, before, unread }: TookIn): void {
    if (unread > 0) toasts.show(m.scribe_unread({ count: unread }))
    if (before.length > 0) toasts.show(m.scribe_before({ count: before.length }))
    const all = { label: m.scribe_many_all(), run: () => void attempt(() => this.#order(ids)) }
    if (isMany) toasts.show(m.scribe_many({ count: number(ids.length) }), all)
  }

  async #order(ids: readonly string[]): Promise<void> {
    const wish = this.with()
    if (wish) for (const id of ids) await this.#host.recordings.transcribe(id, 'transcribe', wish)
  }

  /** The microphone that was chosen; the usual one for none. */
  get microphone(): string | null {
    return this.draft.microphone || null
  }

  lay(text: string): void {
    this.#written = text
    try {
      this.draft = { ...NOTHING, ...(JSON.parse(text || '{}') as Partial<Draft>) }
    } catch {
      // Written by another Medley: what cannot be read is chosen anew.
      this.draft = NOTHING
    }
  }

  set(part: Partial<Draft>): void {
    this.draft = { ...this.draft, ...part }
    this.#soon ??= setTimeout(() => void this.keep(), OFTEN_MS)
  }

  choose({ serviceId, model }: Scribe): void {
    this.set({ serviceId, model })
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
