// The open conversation: its outline, what is written in it now, and what can be done with it.
// It decides nothing about the branch shown; every change of it comes back from the engine as a new outline.
import type { Accepted } from '../../bindings/Accepted'
import type { Ask } from '../../bindings/Ask'
import type { Conversation } from '../../bindings/Conversation'
import type { Event } from '../../bindings/Event'
import type { OpenConversation } from '../../bindings/OpenConversation'
import type { OutlineEntry } from '../../bindings/OutlineEntry'
import type { Host } from '../../host/host'
import { Messages } from './message/messages'

export interface Hears {
  /** What a screen reader says now. */
  say(words: 'began' | 'ended' | { sentences: string } | { asks: readonly string[] }): void
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

  readonly messages: Messages
  readonly #host: Host
  readonly #hears: Hears
  /** The newest opening asked for; what an older one brings comes too late. */
  #turn = 0

  constructor(host: Host, hears: Hears) {
    this.#host = host
    this.#hears = hears
    this.messages = new Messages(host, {
      spoken: (sentences) => hears.say({ sentences }),
      asks: (tools) => hears.say({ asks: tools }),
      ended: (id) => this.#ended(id),
      failed: (reason) => hears.failed(reason),
    })
  }

  /** Opens a conversation and answers what lies on its desk; null when another one was opened meanwhile. */
  async open(id: string): Promise<Pick<OpenConversation, 'draft' | 'attachments'> | null> {
    const turn = ++this.#turn
    const open = await this.#host.chat.open(id)
    if (turn !== this.#turn) return null
    this.#leave()
    this.#show(open)
    return open
  }

  /** An empty conversation, not yet written anywhere. */
  begin(): void {
    this.#turn++
    this.#leave()
    this.conversation = null
    this.outline = []
  }

  /** Answers the id of the conversation. Rejects when the question was not accepted; nothing was written then. */
  send(text: string, ask: Ask): Promise<string> {
    const conversationId = this.conversation?.id ?? null
    return this.#accept(() => this.#host.chat.send({ conversationId, text, ask }))
  }

  /** Rejects like `send`. */
  edit(questionId: string, text: string, without: readonly string[], ask: Ask): Promise<string> {
    return this.#accept(() => this.#host.chat.edit(questionId, text, [...without], ask))
  }

  retry(answerId: string, ask: Ask): Promise<void> {
    return this.#try(() => this.#accept(() => this.#host.chat.retry(answerId, ask)))
  }

  goOn(answerId: string): Promise<void> {
    return this.#try(() => this.#accept(() => this.#host.chat.goOn(answerId)))
  }

  /** Says which tools this conversation may use. */
  setTools(names: string[]): Promise<void> {
    const id = this.conversation?.id
    return this.#try(async () => {
      if (!id) return
      const changed = await this.#host.chat.setTools(id, names)
      if (this.conversation?.id === id) this.conversation = changed
    })
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
    for (const view of open.tail) this.messages.put(view)
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
    if (question) this.messages.put(question)
    this.messages.put(answer)
    this.writing = answer.message.id
    this.sent++
    this.#hears.say('began')
    return conversation.id
  }

  #leave(): void {
    this.opened++
    this.messages.forget()
    this.writing = null
  }

  #ended(id: string): void {
    if (this.writing === id) this.writing = null
    this.#hears.say('ended')
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }
}
