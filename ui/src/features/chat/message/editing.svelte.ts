// The question being edited. It is sent as a new version; its words are kept until that was accepted, also while another
// conversation is looked at, and across restarts.
import type { Ask } from '../../../bindings/Ask'
import type { Message } from '../../../bindings/Message'
import type { Session } from '../session.svelte'

/** While somebody types, what is edited is written down this often. */
const OFTEN_MS = 300

export interface Edited {
  id: string
  text: string
  /** Files that do not go along again. */
  without: readonly string[]
}

interface Surroundings {
  session: () => Session
  /** Whom it goes to, and who else at once; null while nobody can be asked. */
  asks: () => { ask: Ask; also: Ask[] } | null
  wantPicker: () => void
  save: (place: string, text: string) => Promise<void>
  failed: (reason: unknown) => void
  /** Something half-written was left; `undo` brings it back. */
  dropped: (undo: () => void) => void
}

export class Editing {
  now = $state<Edited | null>(null)
  readonly #around: Surroundings
  /** What was half-written in the conversations that were left: newer than what is written down, or the same. */
  readonly #kept = new Map<string, Edited>()
  #soon: ReturnType<typeof setTimeout> | undefined

  constructor(around: Surroundings) {
    this.#around = around
  }

  begin({ id, text }: Pick<Message, 'id' | 'text'>): void {
    if (this.now?.id === id) return
    this.drop()
    this.now = { id, text, without: [] }
  }

  /** Opens the question behind an answer. */
  beginBehind({ parentId }: Pick<Message, 'parentId'>): void {
    const entry = parentId === null ? undefined : this.#around.session().messages.entry(parentId)
    if (entry?.view) this.begin(entry.view.message)
  }

  /** Something was typed, or a file left out. */
  change(edit: Edited): void {
    this.now = edit
    this.#soon ??= setTimeout(() => void this.keep(), OFTEN_MS)
  }

  /** Writes down now what was typed. */
  async keep(): Promise<void> {
    if (this.#soon !== undefined) await this.#write(this.#place, this.now)
  }

  /** Leaves the question as it was. */
  drop(): void {
    const edit = this.now
    const place = this.#place
    this.now = null
    if (!edit) return
    void this.#write(place, null)
    if (this.#isChanged(edit)) this.#around.dropped(() => this.#bringBack(place, edit))
  }

  /** Another conversation is about to be shown. */
  async leave(): Promise<void> {
    const { now } = this
    const place = this.#place
    this.now = null
    if (!now) return
    const changed = this.#isChanged(now) ? now : null
    if (changed) this.#kept.set(place, changed)
    await this.#write(place, changed)
  }

  /** A conversation is shown: what was half-written there goes on, as it was left or as it was written down. */
  comeBack(written: string): void {
    const edit = this.#kept.get(this.#place) ?? read(written)
    if (!edit || !this.#around.session().outline.some(({ id }) => id === edit.id)) return
    this.#kept.delete(this.#place)
    this.now = edit
  }

  /** Whether it holds anything: words, or files that go along again. */
  isWhole({ id, text, without }: Edited): boolean {
    const files = this.#around.session().messages.entry(id).view?.attachments ?? []
    return text.trim() !== '' || files.some((file) => !without.includes(file.id))
  }

  async send(): Promise<void> {
    const edit = this.now
    const session = this.#around.session()
    if (!edit || !this.isWhole(edit) || session.busy || session.writing !== null) return
    const asks = this.#around.asks()
    if (!asks) return this.#around.wantPicker()
    const place = this.#place
    try {
      const { id, text, without } = edit
      // Asking takes what is written down away; what is typed until then is not written any more.
      this.#settled()
      await session.edit(id, { text: text.trim(), without: [...without], ...asks })
      this.#kept.delete(place)
      if (this.now?.id === id) this.now = null
    } catch (reason) {
      if (this.now?.id === edit.id) void this.#write(place, this.now)
      this.#around.failed(reason)
    }
  }

  get #place(): string {
    return this.#around.session().conversation?.id ?? ''
  }

  #isChanged({ id, text, without }: Edited): boolean {
    return without.length > 0 || text !== this.#around.session().messages.entry(id).view?.message.text
  }

  #bringBack(place: string, edit: Edited): void {
    if (place === this.#place) this.now = edit
    else this.#kept.set(place, edit)
    void this.#write(place, edit)
  }

  /** Nothing waits to be written down. */
  #settled(): void {
    clearTimeout(this.#soon)
    this.#soon = undefined
  }

  async #write(place: string, edit: Edited | null): Promise<void> {
    this.#settled()
    if (place === '') return
    try {
      await this.#around.save(`edit ${place}`, edit ? JSON.stringify(edit) : '')
    } catch (reason) {
      this.#around.failed(reason)
    }
  }
}

/** What was written down; null where it says nothing, or nothing that is known here. */
function read(written: string): Edited | null {
  if (written === '') return null
  try {
    const { id, text, without } = JSON.parse(written) as Partial<Edited>
    return typeof id === 'string' && typeof text === 'string' && Array.isArray(without)
      ? { id, text, without }
      : null
  } catch {
    return null
  }
}
