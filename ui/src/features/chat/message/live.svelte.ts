// An answer while it is written. Changes are gathered as they come and shown once per frame, on a slow
// screen less often; while the window is hidden nothing is drawn at all.
import type { BlockPatch } from '../../../bindings/BlockPatch'
import type { MessageView } from '../../../bindings/MessageView'
import type { Problem } from '../../../bindings/Problem'
import type { Round } from '../../../bindings/Round'
import type { StepView } from '../../../bindings/StepView'
import type { TurnUpdate } from '../../../bindings/TurnUpdate'
import { paced } from './pace'
import { apply } from './patch'

export interface Waiting {
  problem: Problem
  /** When the next try begins, by this computer's clock. */
  until: number
}

export interface Heard {
  /** Finished sentences, for screen readers. */
  spoken(sentences: string): void
  /** Calls of these tools wait for the person. */
  asks(tools: readonly string[]): void
  /** Another answer to the same question came. */
  versions(version: number, versions: number): void
  ended(answer: MessageView): void
}

export class Live {
  blocks = $state.raw<readonly string[]>([])
  thoughts = $state.raw<readonly string[]>([])
  thinking = $state(false)
  waiting = $state.raw<Waiting | null>(null)
  /** The tool calls so far, round by round. */
  steps = $state.raw<readonly StepView[]>([])
  /** The tool that the model is writing a call of; "" while it writes none. */
  calling = $state('')
  round = $state.raw<Round>({ number: 0, of: 0 })
  /** Fields that were left out because the service refused them. */
  adapted = $state.raw<readonly string[]>([])

  readonly #heard: Heard
  readonly #blocks: string[]
  readonly #thoughts: string[]
  #undraw: (() => void) | null = null
  /** Calls were told of before. */
  #asked = false

  /** Begins with what is known of the answer; a continued one has words already. */
  constructor(answer: MessageView, heard: Heard) {
    this.#heard = heard
    this.#blocks = [...answer.blocks]
    this.#thoughts = [...answer.thoughtBlocks]
    this.steps = answer.steps
    this.#show()
  }

  take(update: TurnUpdate): void {
    switch (update.kind) {
      case 'words':
        return this.#words(update.text, update.thoughts, update)
      case 'waiting':
        this.waiting = { problem: update.problem, until: Date.now() + update.forMs }
        return
      case 'steps':
        return this.#calls(update.steps, update.calling, update.round)
      case 'adapted':
        this.adapted = [...this.adapted, update.field]
        return
      case 'versions':
        return this.#heard.versions(update.version, update.versions)
      case 'ended':
        this.leave()
        this.#heard.ended(update.answer)
    }
  }

  /** Draws nothing more. */
  leave(): void {
    this.#undraw?.()
    this.#undraw = null
  }

  #words(text: BlockPatch, thoughts: BlockPatch, said: { thinking: boolean; spoken: string }): void {
    const changed = [apply(this.#blocks, text), apply(this.#thoughts, thoughts)]
    this.waiting = null
    this.thinking = said.thinking
    if (said.spoken) this.#heard.spoken(said.spoken)
    if (changed.includes(true)) this.#undraw ??= paced(() => this.#show())
  }

  /** Calls stand behind the words that came before them, so those are shown now. */
  #calls(steps: readonly StepView[], calling: string, round: Round): void {
    this.#undraw?.()
    this.#show()
    const known = new Set(asked(this.steps).map(({ id }) => id))
    const fresh = asked(steps).filter(({ id }) => !this.#asked || !known.has(id))
    this.#asked = true
    this.steps = steps
    this.calling = calling
    this.round = round
    if (fresh.length > 0) this.#heard.asks(fresh.map(({ name }) => name))
  }

  #show(): void {
    this.#undraw = null
    if (this.blocks.length + this.#blocks.length > 0) this.blocks = [...this.#blocks]
    if (this.thoughts.length + this.#thoughts.length > 0) this.thoughts = [...this.#thoughts]
  }
}

function asked(steps: readonly StepView[]) {
  return steps.flatMap(({ calls }) => calls).filter(({ state }) => state === 'asking')
}
