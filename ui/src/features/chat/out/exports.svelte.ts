// Taking conversations out: what is asked for, how far it is, and how it ended.
import type { Event } from '../../../bindings/Event'
import type { Exported } from '../../../bindings/Exported'
import type { ExportFormat } from '../../../bindings/ExportFormat'
import type { Host } from '../../../host/host'
import { exportWords } from './words'

/** Which conversations; those of a folder are named by it. */
export interface Wanted {
  ids: string[]
  folderId: string | null
  count: number
}

export interface Hears {
  failed(reason: unknown): void
  done(exported: Exported): void
}

export class Exports {
  wanted = $state.raw<Wanted | null>(null)
  format = $state<ExportFormat>('markdown')
  /** The system's dialog is open, or it is being written. */
  running = $state(false)
  /** How far writing is; none before it begins. */
  progress = $state.raw<{ done: number; of: number } | null>(null)

  readonly #host: Host
  readonly #hears: Hears

  constructor(host: Host, hears: Hears) {
    this.#host = host
    this.#hears = hears
  }

  ask(ids: string[]): void {
    if (!this.running) this.wanted = { ids, folderId: null, count: ids.length }
  }

  askFolder(folderId: string, count: number): void {
    if (!this.running) this.wanted = { ids: [], folderId, count }
  }

  async write(): Promise<void> {
    const { wanted } = this
    if (!wanted || this.running) return
    this.running = true
    try {
      const { ids, folderId } = wanted
      const exported = await this.#host.out.write({
        ids,
        folderId,
        format: this.format,
        words: exportWords(),
      })
      // Whoever closes the system's dialog may want another form.
      if (!exported) return
      this.wanted = null
      this.#hears.done(exported)
    } catch (reason) {
      this.#hears.failed(reason)
    } finally {
      this.running = false
      this.progress = null
    }
  }

  async stop(): Promise<void> {
    try {
      await this.#host.out.stop()
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }

  leave(): void {
    if (!this.running) this.wanted = null
  }

  hear(event: Event): void {
    if (event.kind === 'exporting' && this.running) this.progress = { done: event.done, of: event.of }
  }
}
