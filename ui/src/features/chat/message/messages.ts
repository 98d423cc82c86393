// What is known of the messages of the open conversation: read in batches as they come into view, kept while they
// are near, and followed while they are written.
import type { MessageView } from '../../../bindings/MessageView'
import type { Host } from '../../../host/host'
import { Kept } from '../kept'
import { Entry } from './entry.svelte'
import { Live } from './live.svelte'

/** Messages kept ready behind the ones drawn. */
const KEPT = 400

export interface Hears {
  /** Sentences of an answer, for screen readers. */
  spoken(sentences: string): void
  /** Calls of these tools wait for the person. */
  asks(tools: readonly string[]): void
  /** An answer that was followed is finished. */
  ended(id: string): void
  /** An answer that is followed became one of several versions. */
  versions(id: string, version: number, versions: number): void
  /** Messages could not be read. */
  failed(reason: unknown): void
}

export class Messages {
  readonly #host: Host
  readonly #hears: Hears
  readonly #entries = new Kept<string, Entry>(KEPT)
  readonly #reading = new Set<string>()
  readonly #leave = new Map<string, () => void>()
  /** Counts conversations: what was read for an older one comes too late. */
  #turn = 0

  constructor(host: Host, hears: Hears) {
    this.#host = host
    this.#hears = hears
  }

  /** What is known of a message. Ask `read` for what is not. */
  entry(id: string): Entry {
    let entry = this.#entries.get(id)
    if (!entry) this.#entries.set(id, (entry = new Entry()))
    return entry
  }

  /** Reads the messages that are not known yet. */
  async read(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !this.#reading.has(id) && !this.entry(id).view)
    if (missing.length === 0) return
    for (const id of missing) this.#reading.add(id)
    const turn = this.#turn
    try {
      const views = await this.#host.chat.messages(missing)
      if (turn === this.#turn) for (const view of views) this.put(view)
    } catch (reason) {
      this.#hears.failed(reason)
    } finally {
      for (const id of missing) this.#reading.delete(id)
    }
  }

  /** Takes a message as it is now, and follows it while it is written. */
  put(view: MessageView): void {
    const entry = this.entry(view.message.id)
    entry.view = view
    if (view.message.state === 'streaming' && !entry.live) this.#follow(entry, view)
  }

  /** Takes a message as it is now, if it is one of those known here and not being written. */
  renew(view: MessageView): void {
    const entry = this.#entries.get(view.message.id)
    if (entry?.view && !entry.live) entry.view = view
  }

  /** Leaves the conversation and follows nothing any more; the answers themselves are written on. */
  forget(): void {
    this.#turn++
    for (const leave of this.#leave.values()) leave()
    this.#leave.clear()
    this.#entries.clear()
  }

  #follow(entry: Entry, view: MessageView): void {
    const id = view.message.id
    const live = new Live(view, {
      spoken: (sentences) => this.#hears.spoken(sentences),
      asks: (tools) => this.#hears.asks(tools),
      versions: (version, versions) => this.#hears.versions(id, version, versions),
      ended: (answer) => this.#ended(entry, answer),
    })
    entry.live = live
    const leave = this.#host.chat.watch(id, (update) => live.take(update))
    this.#leave.set(id, () => {
      live.leave()
      leave()
    })
  }

  #ended(entry: Entry, answer: MessageView): void {
    const id = answer.message.id
    entry.view = answer
    entry.live = null
    this.#leave.get(id)?.()
    this.#leave.delete(id)
    this.#hears.ended(id)
  }
}
