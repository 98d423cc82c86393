// The list of conversations: the pages loaded so far, what is searched for, and what other windows and the engine change.
import type { ConversationRow } from '../../../bindings/ConversationRow'
import type { Event } from '../../../bindings/Event'
import type { Host } from '../../../host/host'
import { WHOLE_LIST } from '../../../host/lists'
import { joined, put, without } from './rows'

/** Typing is searched for after this pause. */
const PAUSE_MS = 120

export class Conversations {
  rows = $state.raw<readonly ConversationRow[]>([])
  /** What is searched for; the rows follow a moment later. */
  search = $state('')
  /** The words that `rows` were found by. */
  found = $state('')

  readonly #host: Host
  readonly #failed: (reason: unknown) => void
  #more = true
  #loading = false
  #asked = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(host: Host, failed: (reason: unknown) => void) {
    this.#host = host
    this.#failed = failed
  }

  fill(rows: readonly ConversationRow[]): void {
    this.rows = rows
    this.#more = rows.length > 0
  }

  look(words: string): void {
    this.search = words
    clearTimeout(this.#pause)
    this.#pause = setTimeout(() => void this.#reload(), words === '' ? 0 : PAUSE_MS)
  }

  /** The next page, once the person comes near the end. */
  async more(): Promise<void> {
    const last = this.rows.at(-1)
    if (this.#loading || !this.#more || !last) return
    this.#loading = true
    const asked = this.#asked
    try {
      const page = await this.#host.chat.list({
        ...WHOLE_LIST,
        search: this.found,
        after: last.conversation.id,
      })
      if (asked !== this.#asked) return
      this.#more = page.length > 0
      this.rows = joined(this.rows, page)
    } catch (reason) {
      this.#more = false
      this.#failed(reason)
    } finally {
      this.#loading = false
    }
  }

  hear(event: Event): void {
    if (event.kind === 'conversationGone') this.rows = without(this.rows, event.id)
    if (event.kind !== 'conversation') return
    const id = event.row.conversation.id
    const known = this.rows.some((row) => row.conversation.id === id)
    // While searching, only the search itself says what belongs to the list.
    if (this.found === '' || known) this.rows = put(this.rows, event.row, this.#more)
  }

  rename(id: string, title: string): Promise<void> {
    return this.#try(async () => void (await this.#host.chat.rename(id, title)))
  }

  pin(id: string, pinned: boolean): Promise<void> {
    return this.#try(async () => void (await this.#host.chat.pin(id, pinned)))
  }

  /** To the recycle bin. Answers whether it went. */
  async remove(id: string): Promise<boolean> {
    let gone = false
    await this.#try(async () => {
      await this.#host.chat.remove(id)
      this.rows = without(this.rows, id)
      gone = true
    })
    return gone
  }

  restore(id: string): Promise<void> {
    return this.#try(async () => void (await this.#host.chat.restore(id)))
  }

  async #reload(): Promise<void> {
    const asked = ++this.#asked
    const search = this.search.trim()
    await this.#try(async () => {
      const rows = await this.#host.chat.list({ ...WHOLE_LIST, search })
      if (asked !== this.#asked) return
      this.found = search
      this.fill(rows)
    })
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.#failed(reason)
    }
  }
}
