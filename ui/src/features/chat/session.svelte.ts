// The open conversation: its outline, the messages read so far, and the answers being written.
// It decides nothing about the branch shown; every change of it comes back from the engine as a new outline.
import type { Accepted } from '../../bindings/Accepted'
import type { Ask } from '../../bindings/Ask'
import type { Conversation } from '../../bindings/Conversation'
import type { Event } from '../../bindings/Event'
import type { MessageView } from '../../bindings/MessageView'
import type { OpenConversation } from '../../bindings/OpenConversation'
import type { OutlineEntry } from '../../bindings/OutlineEntry'
import type { Host } from '../../host/host'
import { Kept } from './kept'
import { Entry } from './message/entry.svelte'
import { Live } from './message/live.svelte'

/** Messages kept ready behind the ones drawn. */
const KEPT = 400

export interface Hears {
  /** What a screen reader says now. */
  say(words: 'began' | 'ended' | { sentences: string }): void
  /** Something failed that has no place of its own. */
  failed(reason: unknown): void
}

export class Session {
  /** Null while a new conversation has no message yet. */
  conversation = $state.raw<Conversation | null>(null)
  outline = $state.raw<readonly OutlineEntry[]>([])
  /** The answer being written on the branch shown. */
  writing = $state<string | null>(null)
  /** Counts openings: only when this moves, another conversation is shown. */
  opened = $state(0)
  /** Counts what was sent from here. */
  sent = $state(0)

  readonly #host: Host
  readonly #hears: Hears
  readonly #entries = new Kept<string, Entry>(KEPT)
  readonly #reading = new Set<string>()
  readonly #leave = new Map<string, () => void>()
  /** The newest opening asked for; what an older one brings comes too late. */
  #turn = 0

  constructor(host: Host, hears: Hears) {
    this.#host = host
    this.#hears = hears
  }

  /** Opens a conversation and answers its draft; null when another one was opened meanwhile. */
  async open(id: string): Promise<string | null> {
    const turn = ++this.#turn
    const open = await this.#host.chat.open(id)
    if (turn !== this.#turn) return null
    this.#forget()
    this.#show(open)
    return open.draft
  }

  /** An empty conversation, not yet written anywhere. */
  begin(): void {
    this.#turn++
    this.#forget()
    this.conversation = null
    this.outline = []
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
      if (turn === this.#turn) for (const view of views) this.#put(view)
    } catch (reason) {
      this.#hears.failed(reason)
    } finally {
      for (const id of missing) this.#reading.delete(id)
    }
  }

  /** Answers the id of the conversation. Rejects when the question was not accepted; nothing was written then. */
  send(text: string, ask: Ask): Promise<string> {
    const conversationId = this.conversation?.id ?? null
    return this.#accept(() => this.#host.chat.send({ conversationId, text, ask }))
  }

  /** Rejects like `send`. */
  edit(questionId: string, text: string, ask: Ask): Promise<string> {
    return this.#accept(() => this.#host.chat.edit(questionId, text, ask))
  }

  retry(answerId: string, ask: Ask): Promise<void> {
    return this.#try(() => this.#accept(() => this.#host.chat.retry(answerId, ask)))
  }

  goOn(answerId: string): Promise<void> {
    return this.#try(() => this.#accept(() => this.#host.chat.goOn(answerId)))
  }

  stop(): Promise<void> {
    const id = this.writing
    return this.#try(async () => {
      if (id) await this.#host.chat.stop(id)
    })
  }

  /** Shows the version before or after the one shown. */
  step({ id, version }: OutlineEntry, by: 1 | -1): Promise<void> {
    return this.#try(async () => this.#renew(await this.#host.chat.choose(id, version + by)))
  }

  /** Answers whether the message went. */
  async remove(messageId: string): Promise<boolean> {
    let gone = false
    await this.#try(async () => {
      this.#renew(await this.#host.chat.removeMessage(messageId))
      gone = true
    })
    return gone
  }

  restore(messageId: string): Promise<void> {
    return this.#try(async () => this.#renew(await this.#host.chat.restoreMessage(messageId)))
  }

  hear(event: Event): void {
    if (event.kind !== 'conversation' || event.row.conversation.id !== this.conversation?.id) return
    this.conversation = event.row.conversation
  }

  #show(open: OpenConversation): void {
    this.conversation = open.conversation
    this.outline = open.outline
    for (const view of open.tail) this.#put(view)
    this.writing = open.tail.findLast((view) => view.message.state === 'streaming')?.message.id ?? null
  }

  /** The same conversation with another branch shown. */
  #renew(open: OpenConversation): void {
    if (open.conversation.id === this.conversation?.id) this.#show(open)
  }

  async #accept(work: () => Promise<Accepted>): Promise<string> {
    const turn = this.#turn
    const { conversation, question, answer, outline } = await work()
    // Another conversation may have been opened meanwhile; this one is written on all the same.
    if (turn !== this.#turn) return conversation.id
    this.conversation = conversation
    this.outline = outline
    if (question) this.#put(question)
    this.#put(answer)
    this.writing = answer.message.id
    this.sent++
    this.#hears.say('began')
    return conversation.id
  }

  #put(view: MessageView): void {
    const id = view.message.id
    const entry = this.entry(id)
    entry.view = view
    if (view.message.state === 'streaming' && !entry.live) this.#follow(entry, view)
  }

  #follow(entry: Entry, view: MessageView): void {
    const id = view.message.id
    const live = new Live(view, {
      spoken: (sentences) => this.#hears.say({ sentences }),
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
    if (this.writing === id) this.writing = null
    this.#hears.say('ended')
  }

  /** Leaves what was open and follows nothing any more; the answers themselves are written on. */
  #forget(): void {
    this.opened++
    for (const leave of this.#leave.values()) leave()
    this.#leave.clear()
    this.#entries.clear()
    this.writing = null
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }
}
