// The list of conversations: what is loaded of each shelf, the folders, and what other windows and the engine change.
import type { ConversationRow } from '../../../bindings/ConversationRow'
import type { Event } from '../../../bindings/Event'
import type { FolderRow } from '../../../bindings/FolderRow'
import type { Order } from '../../../bindings/Order'
import type { Host } from '../../../host/host'
import { WHOLE_LIST } from '../../../host/lists'
import { dealt, longer, place, shelfFor, stackOf, taken, type Stacks } from './shelves'

export class Conversations {
  stacks = $state.raw<Stacks>(new Map())
  folders = $state.raw<readonly FolderRow[]>([])
  /** The archive is shown instead of the list. */
  archive = $state(false)
  /** All that is loaded. */
  readonly rows: readonly ConversationRow[] = $derived([...this.stacks.values()].flatMap(({ rows }) => rows))

  readonly #host: Host
  readonly #failed: (reason: unknown) => void
  readonly #order: () => Order
  readonly #loading = new Set<string>()
  /** Counts readings from the beginning: what an older one brings comes too late. */
  #turn = 0

  constructor(host: Host, failed: (reason: unknown) => void, order: () => Order = () => 'newest') {
    this.#host = host
    this.#failed = failed
    this.#order = order
  }

  /** Takes the newest conversations and the folders. */
  fill(rows: readonly ConversationRow[], folders: readonly FolderRow[]): void {
    this.folders = folders
    this.#fresh(this.#order() === 'newest' ? dealt(rows) : new Map())
  }

  /** The next page of a shelf, once the person comes near the end of what is loaded. */
  async more(key: string): Promise<void> {
    const { rows, more } = stackOf(this.stacks, key)
    if (!more || this.#loading.has(key)) return
    this.#loading.add(key)
    const turn = this.#turn
    let page: readonly ConversationRow[] = []
    try {
      const after = rows.at(-1)?.conversation.id ?? null
      page = await this.#host.chat.list({ ...this.#query(key), after })
    } catch (reason) {
      this.#failed(reason)
    }
    if (turn !== this.#turn) return
    this.#loading.delete(key)
    this.stacks = longer(this.stacks, key, page)
  }

  /** Reads the list anew; what is shown stays until its beginning is there. */
  async reload(): Promise<void> {
    const shown = ['pinned', ...this.#unfolded(), 'loose']
    const keys = this.archive ? [...shown, 'archived'] : shown
    const turn = ++this.#turn
    await this.#try(async () => {
      const pages = await Promise.all(keys.map((key) => this.#host.chat.list(this.#query(key))))
      if (turn !== this.#turn) return
      const read = keys.map((key, at) => [key, pages[at] ?? []] as const)
      this.#fresh(new Map(read.map(([key, rows]) => [key, { rows, more: rows.length > 0 }])))
    })
  }

  showArchive(archive: boolean): void {
    this.archive = archive
  }

  hear(event: Event): void {
    if (event.kind === 'conversation') this.stacks = place(this.stacks, event.row, this.#order())
    if (event.kind === 'conversationGone') this.stacks = taken(this.stacks, event.id)
    if (event.kind === 'conversations') void this.reload()
    if (event.kind === 'folders') this.folders = event.folders
  }

  folderName(id: string | null): string | undefined {
    return this.folders.find(({ folder }) => folder.id === id)?.folder.name
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
      this.stacks = taken(this.stacks, id)
      gone = true
    })
    return gone
  }

  restore(id: string): Promise<void> {
    return this.#try(async () => void (await this.#host.chat.restore(id)))
  }

  fold(id: string, folded: boolean): Promise<void> {
    // It shows at once; the engine's word about it follows.
    this.folders = this.folders.map((row) =>
      row.folder.id === id ? { ...row, folder: { ...row.folder, folded } } : row,
    )
    return this.#try(() => this.#host.order.foldFolder(id, folded))
  }

  /** The ids of everything that the list or the archive holds. */
  async all(): Promise<string[]> {
    const keys = this.archive
      ? ['archived']
      : ['pinned', ...this.folders.map(({ folder }) => folder.id), 'loose']
    const ids = await Promise.all(keys.map((key) => this.#host.order.ids(this.#query(key))))
    return ids.flat()
  }

  #query(key: string) {
    return { ...WHOLE_LIST, shelf: shelfFor(key), order: this.#order() }
  }

  #unfolded(): string[] {
    return this.folders.filter(({ folder }) => !folder.folded).map(({ folder }) => folder.id)
  }

  #fresh(stacks: Stacks): void {
    this.#turn++
    this.#loading.clear()
    this.stacks = stacks
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.#failed(reason)
    }
  }
}
