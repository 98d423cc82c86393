// An answer while it is written. Changes are gathered as they come and shown once per frame; while the window
// is hidden nothing is drawn at all.
import type { BlockPatch } from '../../../bindings/BlockPatch'
import type { MessageView } from '../../../bindings/MessageView'
import type { Problem } from '../../../bindings/Problem'
import type { TurnUpdate } from '../../../bindings/TurnUpdate'
import { apply } from './patch'

export interface Waiting {
  problem: Problem
  /** When the next try begins, by this computer's clock. */
  until: number
}

export interface Heard {
  /** Finished sentences, for screen readers. */
  spoken(sentences: string): void
  ended(answer: MessageView): void
}

export class Live {
  blocks = $state.raw<readonly string[]>([])
  thoughts = $state.raw<readonly string[]>([])
  thinking = $state(false)
  waiting = $state.raw<Waiting | null>(null)
  /** Fields that were left out because the service refused them. */
  adapted = $state.raw<readonly string[]>([])

  readonly #heard: Heard
  readonly #blocks: string[]
  readonly #thoughts: string[]
  #frame = 0

  /** Begins with what is known of the answer; a continued one has words already. */
  constructor(answer: MessageView, heard: Heard) {
    this.#heard = heard
    this.#blocks = [...answer.blocks]
    this.#thoughts = [...answer.thoughtBlocks]
    this.#show()
  }

  take(update: TurnUpdate): void {
    switch (update.kind) {
      case 'words':
        return this.#words(update.text, update.thoughts, update)
      case 'waiting':
        this.waiting = { problem: update.problem, until: Date.now() + update.forMs }
        return
      case 'adapted':
        this.adapted = [...this.adapted, update.field]
        return
      case 'ended':
        this.leave()
        this.#heard.ended(update.answer)
    }
  }

  /** Draws nothing more. */
  leave(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  #words(text: BlockPatch, thoughts: BlockPatch, said: { thinking: boolean; spoken: string }): void {
    const changed = [apply(this.#blocks, text), apply(this.#thoughts, thoughts)]
    this.waiting = null
    this.thinking = said.thinking
    if (said.spoken) this.#heard.spoken(said.spoken)
    if (changed.includes(true)) this.#frame ||= requestAnimationFrame(() => this.#show())
  }

  #show(): void {
    this.#frame = 0
    if (this.blocks.length + this.#blocks.length > 0) this.blocks = [...this.#blocks]
    if (this.thoughts.length + this.#thoughts.length > 0) this.thoughts = [...this.#thoughts]
  }
}
