// Conversations being summed up: how far each is, and why one was not.
import type { Ask } from '../../../bindings/Ask'
import type { Event } from '../../../bindings/Event'
import type { Problem } from '../../../bindings/Problem'
import { failureOf } from '../../../host/failure'
import type { Host } from '../../../host/host'

export interface Progress {
  part: number
  parts: number
  letters: number
}

export class Summing {
  #running = $state.raw<ReadonlyMap<string, Progress>>(new Map())
  #failed = $state.raw<ReadonlyMap<string, Problem>>(new Map())
  /** What is to be done once a conversation is summed up. */
  readonly #then = new Map<string, () => void>()
  readonly #host: Host

  constructor(host: Host) {
    this.#host = host
  }

  running(id: string): Progress | undefined {
    return this.#running.get(id)
  }

  problem(id: string): Problem | undefined {
    return this.#failed.get(id)
  }

  /** Begins; `then` is done when the summary is there, and not when it was stopped or failed. */
  async begin(id: string, ask: Ask, then?: () => void): Promise<void> {
    this.#failed = without(this.#failed, id)
    if (then) this.#then.set(id, then)
    this.#running = new Map(this.#running).set(id, { part: 1, parts: 1, letters: 0 })
    try {
      await this.#host.chat.sumUp(id, ask)
    } catch (reason) {
      this.#end(id, failureOf(reason).problem)
    }
  }

  async stop(id: string): Promise<void> {
    this.#then.delete(id)
    await this.#host.chat.stopSummingUp(id)
  }

  hear(event: Event): void {
    if (event.kind === 'summingUp') {
      const { part, parts, letters } = event
      this.#running = new Map(this.#running).set(event.id, { part, parts, letters })
    }
    if (event.kind === 'summedUp') this.#end(event.id, event.problem)
  }

  #end(id: string, problem: Problem | null): void {
    this.#running = without(this.#running, id)
    if (problem) this.#failed = new Map(this.#failed).set(id, problem)
    const then = this.#then.get(id)
    this.#then.delete(id)
    if (!problem) then?.()
  }
}

function without<Value>(map: ReadonlyMap<string, Value>, id: string): ReadonlyMap<string, Value> {
  const next = new Map(map)
  next.delete(id)
  return next
}
