// The options of the open conversation, or of the one about to begin. A change shows at once and is written down; should
// writing fail, what is kept shows again and the person is told.
import { SvelteMap } from 'svelte/reactivity'
import type { Ask } from '../../../bindings/Ask'
import type { Beginning } from '../../../bindings/Beginning'
import type { Conversation } from '../../../bindings/Conversation'
import type { Options } from '../../../bindings/Options'
import type { Host } from '../../../host/host'
import { NO_BEGINNING, NOTHING, type Name } from './fields'
import { changed, cleared, differing, effective, setIn } from './values'

/** Where options are kept: the open conversation, if there is one, and the person's settings. */
export interface Places {
  conversation(): Conversation | null
  /** Shows a conversation that was changed. */
  show(conversation: Conversation): void
  usual(): Options
  /** Answers whether they are kept. */
  keepUsual(options: Options): Promise<boolean>
  failed(reason: unknown): void
}

interface Write {
  save: () => Promise<unknown>
  /** It was the newest for its place, and is written down or could not be. */
  ended: (written: boolean) => void
}

export class ChatOptions {
  /** The drawer is open. */
  open = $state(false)
  /** What is set for a conversation that has no message yet. */
  beginning = $state.raw<Beginning>(NO_BEGINNING)

  readonly #host: Host
  readonly #places: Places
  /** What was set and is not written down yet, by conversation: news of an older state must not undo it on the screen. */
  readonly #set = new SvelteMap<string, Options>()
  readonly #told = new SvelteMap<string, string>()
  /** What is to be written, by place: while one write is under way only the newest of each place waits. */
  readonly #waiting = new Map<string, Write>()
  #writing: Promise<void> | null = null

  constructor(host: Host, places: Places) {
    this.#host = host
    this.#places = places
  }

  /** What the conversation itself says. */
  get own(): Options {
    const talk = this.#places.conversation()
    return talk ? (this.#set.get(talk.id) ?? talk.options) : this.beginning.options
  }

  /** What counts when a question is sent. */
  get effective(): Options {
    return effective(this.own, this.#places.usual())
  }

  /** Where the conversation differs from the usual. */
  get differing(): Name[] {
    return differing(this.own)
  }

  /** The options that are sent. */
  get sent(): Name[] {
    return setIn(this.effective)
  }

  get instructions(): string {
    const talk = this.#places.conversation()
    return talk ? (this.#told.get(talk.id) ?? talk.instructions) : this.beginning.instructions
  }

  set<Some extends Name>(name: Some, value: Options[Some]): void {
    this.#put(changed(this.own, this.#places.usual(), name, value))
  }

  /** Leaves an option to the usual again. */
  clear(name: Name): void {
    this.#put(cleared(this.own, name))
  }

  /** Leaves all options to the usual again. */
  reset(): void {
    this.#put(NOTHING)
  }

  /** What counts here becomes the usual. Answers whether that is kept. */
  async keepAsUsual(): Promise<boolean> {
    const kept = await this.#places.keepUsual({ ...this.effective, unset: [] })
    if (kept) this.reset()
    return kept
  }

  setInstructions(instructions: string): Promise<void> {
    const talk = this.#places.conversation()
    if (!talk) return this.#begin({ ...this.beginning, instructions })
    const { id } = talk
    this.#told.set(id, instructions)
    return this.#later(`instructions ${id}`, {
      save: async () => this.#places.show(await this.#host.chat.setInstructions(id, instructions)),
      ended: () => this.#told.delete(id),
    })
  }

  /** Sets whom a conversation that has no message yet will ask at once. */
  setSeveral(several: Ask[]): Promise<void> {
    return this.#begin({ ...this.beginning, several })
  }

  /** A conversation was begun with what was set: the next one begins anew. */
  begun(): void {
    this.beginning = NO_BEGINNING
  }

  /** Waits until everything is written down. */
  async written(): Promise<void> {
    await this.#writing
  }

  #put(options: Options): void {
    const talk = this.#places.conversation()
    if (!talk) return void this.#begin({ ...this.beginning, options })
    const { id } = talk
    this.#set.set(id, options)
    void this.#later(`options ${id}`, {
      save: async () => this.#places.show(await this.#host.chat.setOptions(id, options)),
      ended: () => this.#set.delete(id),
    })
  }

  #begin(next: Beginning): Promise<void> {
    const before = this.beginning
    this.beginning = next
    return this.#later('beginning', {
      save: () => this.#host.chat.saveBeginning(next),
      ended: (written) => {
        if (!written) this.beginning = before
      },
    })
  }

  #later(place: string, work: Write): Promise<void> {
    this.#waiting.set(place, work)
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = null))
    return this.#writing
  }

  async #writeAll(): Promise<void> {
    for (let next = this.#waiting.entries().next(); !next.done; next = this.#waiting.entries().next()) {
      const [place, { save, ended }] = next.value
      this.#waiting.delete(place)
      let written = false
      try {
        await save()
        written = true
      } catch (reason) {
        this.#places.failed(reason)
      }
      // What was set meanwhile is newer: it waits, and ends by itself.
      if (!this.#waiting.has(place)) ended(written)
    }
  }
}
