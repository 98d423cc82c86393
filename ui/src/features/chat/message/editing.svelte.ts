// The question being edited. It is sent as a new version; its words stay here until that was accepted.
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
}

export class Editing {
  now = $state<Edited | null>(null)
  readonly #around: Surroundings

  constructor(around: Surroundings) {
    this.#around = around
  }

  begin({ id, text }: Pick<Message, 'id' | 'text'>): void {
    this.now = { id, text, without: [] }
  }

  /** Opens the question behind an answer. */
  beginBehind({ parentId }: Pick<Message, 'parentId'>): void {
    const entry = parentId === null ? undefined : this.#around.session().messages.entry(parentId)
    if (entry?.view) this.begin(entry.view.message)
  }

  end(): void {
    this.now = null
  }

  /** Whether it holds anything: words, or files that go along again. */
  isWhole({ id, text, without }: Edited): boolean {
    const files = this.#around.session().messages.entry(id).view?.attachments ?? []
    return text.trim() !== '' || files.some((file) => !without.includes(file.id))
  }

  async send(): Promise<void> {
    const edit = this.now
    if (!edit || !this.isWhole(edit) || this.#around.session().busy) return
    const asks = this.#around.asks()
    if (!asks) return this.#around.wantPicker()
    try {
      const { id, text, without } = edit
      await this.#around.session().edit(id, { text: text.trim(), without: [...without], ...asks })
      this.end()
    } catch (reason) {
      this.#around.failed(reason)
    }
  }
}
