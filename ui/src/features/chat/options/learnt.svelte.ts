// What was learnt about the models of the services that are asked here. Read when a service is first asked, and anew when
// an answer taught something.
import type { Ask } from '../../../bindings/Ask'
import type { Learnt } from '../../../bindings/Learnt'
import type { LearntRow } from '../../../bindings/LearntRow'
import type { Host } from '../../../host/host'

export class LearntOf {
  #rows = $state.raw<ReadonlyMap<string, readonly LearntRow[]>>(new Map())
  readonly #host: Host
  readonly #failed: (reason: unknown) => void

  constructor(host: Host, failed: (reason: unknown) => void) {
    this.#host = host
    this.#failed = failed
  }

  of({ serviceId, model }: Ask): Learnt | undefined {
    return this.#rows.get(serviceId)?.find((row) => row.model === model)?.learnt
  }

  /** Whether a model is known to refuse a field. */
  refuses(ask: Ask, field: string): boolean {
    const learnt = this.of(ask)
    if (!learnt) return false
    if (field === 'stream') return learnt.noStream
    if (field === 'stream_options') return learnt.noStreamOptions
    return learnt.refusedFields.includes(field)
  }

  /** Reads what is known of a service's models. */
  async read(serviceId: string): Promise<void> {
    try {
      const rows = await this.#host.services.learnt(serviceId)
      this.#rows = new Map(this.#rows).set(serviceId, rows)
    } catch (reason) {
      this.#failed(reason)
    }
  }

  /** Forgets what was learnt about a model; answers whether that was done. */
  async forget({ serviceId, model }: Ask): Promise<boolean> {
    try {
      await this.#host.services.forgetLearntOf(serviceId, model)
    } catch (reason) {
      this.#failed(reason)
      return false
    }
    await this.read(serviceId)
    return true
  }
}
