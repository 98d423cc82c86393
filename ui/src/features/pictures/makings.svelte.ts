// What is being made, waits to be made, or came to nothing: newest first. Makings go on without this window; it only
// watches them.
import type { Event } from '../../bindings/Event'
import type { Generation } from '../../bindings/Generation'
import type { Host } from '../../host/host'

export interface Hears {
  /** Something ended: the gallery is read again before its tile goes. */
  ended(): Promise<void>
  /** A tile was taken away; `undo` brings it back. */
  dismissed(how: 'cancelled' | 'removed', undo: () => void): void
  failed(reason: unknown): void
}

/** Codes after which the service may have made, and charged for, the picture. */
const MAYBE_PAID = [
  'generation_interrupted',
  'maybe_paid',
  'task_forgotten',
  'cancelled_late',
  'no_picture_came',
  'not_a_picture',
  'disk_full',
  'store_broken',
  'internal',
]

export class Makings {
  list = $state.raw<readonly Generation[]>([])
  /** One that may have been paid for already: the person is asked before it is made again. */
  asking = $state.raw<Generation | null>(null)
  /** Those that the person cancelled a moment ago. */
  #cancelling = new Set<string>()
  readonly #host: Host
  readonly #hears: Hears

  constructor(host: Host, hears: Hears) {
    this.#host = host
    this.#hears = hears
  }

  /** How many go on by themselves. */
  get running(): number {
    return this.list.filter(({ state }) => state === 'running' || state === 'queued').length
  }

  async read(): Promise<void> {
    const all = await this.#host.pictures.generations()
    this.list = all.filter(({ state }) => state !== 'done')
  }

  hear(event: Event): void {
    if (event.kind !== 'generation') return
    const { generation } = event
    if (generation.state === 'done') return void this.#done(generation)
    // What was cancelled in time cost nothing and leaves nothing to decide.
    if (generation.state === 'cancelled' && this.#cancelling.delete(generation.id) && !generation.problem)
      return void this.dismiss(generation, 'cancelled')
    const known = this.list.some(({ id }) => id === generation.id)
    this.list = known
      ? this.list.map((one) => (one.id === generation.id ? generation : one))
      : [generation, ...this.list].toSorted((one, other) => other.createdAt - one.createdAt)
  }

  cancel({ id }: Generation): Promise<void> {
    this.#cancelling.add(id)
    return this.#try(() => this.#host.pictures.cancel(id))
  }

  /** Makes it again, at once or, where it may have been paid for, once the person says so. */
  async again(generation: Generation): Promise<void> {
    // Its service knows its number: it is looked for there, and not asked for anew.
    const isThere = generation.state === 'interrupted' && Boolean(generation.task?.id)
    if (!isThere && MAYBE_PAID.includes(generation.problem?.code ?? '')) this.asking = generation
    else await this.sure(generation)
  }

  async sure({ id }: Generation): Promise<void> {
    this.asking = null
    await this.#try(async () => {
      await this.#host.pictures.tryAgain(id)
      await this.read()
    })
  }

  async dismiss({ id }: Generation, how: 'cancelled' | 'removed' = 'removed'): Promise<void> {
    await this.#try(async () => {
      await this.#host.pictures.dismiss(id)
      this.list = this.list.filter((one) => one.id !== id)
      this.#hears.dismissed(how, () => void this.#restore(id))
    })
  }

  #restore(id: string): Promise<void> {
    return this.#try(async () => {
      await this.#host.pictures.restoreGeneration(id)
      await this.read()
    })
  }

  async #done({ id, problem }: Generation): Promise<void> {
    await this.#hears.ended()
    // Some of several pictures came, not all.
    if (problem) this.#hears.failed(problem)
    this.list = this.list.filter((one) => one.id !== id)
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }
}
