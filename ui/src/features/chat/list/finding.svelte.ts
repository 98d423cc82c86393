// Searching: what is typed, the titles that contain it, and the messages that say it.
import type { ConversationRow } from '../../../bindings/ConversationRow'
import type { Event } from '../../../bindings/Event'
import type { Found } from '../../../bindings/Found'
import type { Indexing } from '../../../bindings/Indexing'
import type { Host } from '../../../host/host'
import { WHOLE_LIST } from '../../../host/lists'
import { joined, without } from './rows'

/** Typing is searched for after this pause. */
const PAUSE_MS = 120
/** So many come with the first page; fewer are all there are. */
const PAGE = { titles: 60, hits: 50 }

export class Finding {
  /** What is typed; what is found follows a moment later. */
  words = $state('')
  /** The words that `titles` were found by; "" while nothing is searched for. */
  found = $state('')
  titles = $state.raw<readonly ConversationRow[]>([])
  hits = $state.raw<readonly Found[]>([])
  /** All titles are shown, not only the first few. */
  all = $state(false)
  /** Further titles, further hits wait to be loaded. */
  moreTitles = $state(false)
  moreHits = $state(false)
  /** The first hits for `found` are still being sought. */
  seeking = $state(false)
  /** How far old messages are; none when all can be found. */
  indexing = $state.raw<Indexing | null>(null)

  readonly #host: Host
  readonly #failed: (reason: unknown) => void
  readonly #loading = new Set<'titles' | 'hits'>()
  #turn = 0
  #pause: ReturnType<typeof setTimeout> | undefined

  constructor(host: Host, failed: (reason: unknown) => void) {
    this.#host = host
    this.#failed = failed
  }

  look(words: string): void {
    this.words = words
    clearTimeout(this.#pause)
    if (words.trim() === '') this.#leave()
    else this.#pause = setTimeout(() => void this.#search(), PAUSE_MS)
  }

  showAll(): void {
    this.all = true
  }

  moreOfTitles(): Promise<void> {
    return this.#more('titles', this.moreTitles, async () => {
      const after = this.titles.at(-1)?.conversation.id ?? null
      const page = await this.#host.chat.list({ ...WHOLE_LIST, search: this.found, after })
      return () => {
        this.moreTitles = page.length > 0
        this.titles = joined(this.titles, page)
      }
    })
  }

  moreOfHits(): Promise<void> {
    return this.#more('hits', this.moreHits, async () => {
      const page = await this.#host.find.said(this.found, this.hits.at(-1)?.messageId ?? null)
      return () => {
        this.moreHits = page.hits.length > 0
        const known = new Set(this.hits.map((hit) => hit.messageId))
        this.hits = [...this.hits, ...page.hits.filter((hit) => !known.has(hit.messageId))]
        this.indexing = page.indexing
      }
    })
  }

  hear(event: Event): void {
    if (event.kind === 'indexing') {
      const ended = this.indexing !== null && event.indexing === null
      this.indexing = event.indexing
      // Now that everything can be found, it is looked for once more.
      if (ended && this.found !== '') void this.#search()
    }
    if (event.kind === 'conversationGone') this.#gone(event.id)
    if (event.kind === 'conversation') this.#changed(event.row)
    if (event.kind === 'conversations' && this.found !== '') void this.#search()
  }

  /** How many titles and messages were found: "3", or "50+" where more may come. */
  get counts(): { titles: string; said: string } {
    const count = (found: number, more: boolean) => `${found}${more ? '+' : ''}`
    return {
      titles: count(this.titles.length, this.moreTitles && this.titles.length >= PAGE.titles),
      said: count(this.hits.length, this.moreHits && this.hits.length >= PAGE.hits),
    }
  }

  /** The ids of all conversations whose title contains what is searched for. */
  ids(): Promise<string[]> {
    return this.#host.order.ids({ ...WHOLE_LIST, search: this.found })
  }

  #leave(): void {
    this.#turn++
    this.#loading.clear()
    this.found = ''
    this.titles = []
    this.hits = []
    this.all = this.seeking = this.moreTitles = this.moreHits = false
  }

  /** What was found before stays until the new is there, so that nothing flickers while one types. */
  async #search(): Promise<void> {
    const turn = ++this.#turn
    this.#loading.clear()
    const search = this.words.trim()
    const late = () => turn !== this.#turn
    this.seeking = true
    await Promise.all([
      this.#try(async () => {
        const titles = await this.#host.chat.list({ ...WHOLE_LIST, search })
        if (late()) return
        this.found = search
        this.titles = titles
        this.all = false
        this.moreTitles = titles.length > 0
      }),
      this.#try(async () => {
        const page = await this.#host.find.said(search, null)
        if (late()) return
        this.hits = page.hits
        this.indexing = page.indexing
        this.moreHits = page.hits.length > 0
      }),
    ])
    if (!late()) this.seeking = false
  }

  async #more(what: 'titles' | 'hits', wanted: boolean, read: () => Promise<() => void>): Promise<void> {
    if (!wanted || this.seeking || this.#loading.has(what)) return
    this.#loading.add(what)
    const turn = this.#turn
    try {
      const take = await read()
      if (turn === this.#turn) take()
    } catch (reason) {
      this.#failed(reason)
      if (what === 'titles') this.moreTitles = false
      else this.moreHits = false
    }
    if (turn === this.#turn) this.#loading.delete(what)
  }

  #gone(id: string): void {
    this.titles = without(this.titles, id)
    this.hits = this.hits.filter((hit) => hit.conversationId !== id)
  }

  #changed(row: ConversationRow): void {
    const { id, title, archivedAt } = row.conversation
    this.titles = this.titles.map((old) => (old.conversation.id === id ? row : old))
    this.hits = this.hits.map((hit) =>
      hit.conversationId === id ? { ...hit, title, archived: archivedAt !== null } : hit,
    )
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.#failed(reason)
    }
  }
}
