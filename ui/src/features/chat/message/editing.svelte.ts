// The question being edited. It is sent as a new version; its words stay here until that was accepted, also while another
// conversation is looked at.
import type { Ask } from '../../../bindings/Ask'
import type { Message } from '../../../bindings/Message'
import type { Session } from '../session.svelte'

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
  failed: (reason: unknown) => void
  /** Something half-written was left; `undo` brings it back. */
  dropped: (undo: () => void) => void
}

export class Editing {
  now = $state<Edited | null>(null)
  readonly #around: Surroundings
  /** What was half-written in the conversations that were left. */
  readonly #kept = new Map<string, Edited>()

  constructor(around: Surroundings) {
    this.#around = around
  }

  begin({ id, text }: Pick<Message, 'id' | 'text'>): void {
    if (this.now?.id !== id) this.drop()
    this.now = { id, text, without: [] }
  }

  /** Opens the question behind an answer. */
  beginBehind({ parentId }: Pick<Message, 'parentId'>): void {
    const entry = parentId === null ? undefined : this.#around.session().messages.entry(parentId)
    if (entry?.view) this.begin(entry.view.message)
  }

  /** Leaves the question as it was. */
  drop(): void {
    const edit = this.now
    const place = this.#place
    this.now = null
    if (edit && this.#isChanged(edit)) this.#around.dropped(() => this.#bringBack(place, edit))
  }

  /** Another conversation is about to be shown. */
  leave(): void {
    const { now } = this
    if (now && this.#isChanged(now)) this.#kept.set(this.#place, now)
    this.now = null
  }

  /** A conversation is shown: what was half-written there goes on. */
  comeBack(): void {
    this.now = this.#kept.get(this.#place) ?? null
    this.#kept.delete(this.#place)
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
      await session.edit(id, { text: text.trim(), without: [...without], ...asks })
      this.#kept.delete(place)
      if (this.now?.id === id) this.now = null
    } catch (reason) {
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
  }
}
