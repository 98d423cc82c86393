// The open conversation: its outline, what is written in it now, and what can be done with it.
// It decides nothing about the branch shown; every change of it comes back from the engine as a new outline.
import type { Accepted } from '../../bindings/Accepted'
import type { Ask } from '../../bindings/Ask'
import type { Beginning } from '../../bindings/Beginning'
import type { Conversation } from '../../bindings/Conversation'
import type { Edit } from '../../bindings/Edit'
import type { Event } from '../../bindings/Event'
import type { OpenConversation } from '../../bindings/OpenConversation'
import type { OutlineEntry } from '../../bindings/OutlineEntry'
import type { Question } from '../../bindings/Question'
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
  /** The answers being written that are shown: several when they stand side by side. */
  writings = $state.raw<readonly string[]>([])
  /** The answer being written on the branch shown. */
  readonly writing: string | null = $derived(this.writings[0] ?? null)
  /** Being asked here and not accepted yet: what is pressed twice in haste is asked once. */
  #asking = $state.raw<readonly string[]>([])
  /** Something is on its way to the engine and not accepted yet. */
  readonly busy = $derived(this.#asking.length > 0)
  /** Counts openings: only when this moves, another conversation is shown. */
  opened = $state(0)
  /** Counts what was sent from here. */
  sent = $state(0)
  /** A message to go to; the log takes it. */
  pointed = $state<string | null>(null)
  /** The message that was gone to a moment ago. */
  marked = $state<string | null>(null)

  readonly messages: Messages
  readonly #host: Host
  readonly #hears: Hears
  /** The newest opening asked for; what an older one brings comes too late. */
  #turn = 0

  constructor(host: Host, hears: Hears) {
    this.#host = host
    this.#hears = hears
    this.messages = new Messages(host, {
      // Several voices at once are understood by nobody: then only beginnings and ends are said.
      spoken: (sentences) => {
        if (this.writings.length < 2) hears.say({ sentences })
      },
      asks: (tools) => hears.say({ asks: tools }),
      ended: (id) => this.#ended(id),
      versions: (id, version, versions) => this.#versions(id, version, versions),
      failed: (reason) => hears.failed(reason),
    })
  }

  /** Opens a conversation, at a message if one is named, and answers it with what lies on its desk; null when another one was opened meanwhile. */
  async open(id: string, at?: string): Promise<OpenConversation | null> {
    const turn = ++this.#turn
    const { chat } = this.#host
    const open = await (at === undefined ? chat.open(id) : chat.openAt(at))
    if (turn !== this.#turn) return null
    this.#leave()
    this.#show(open)
    this.pointed = at ?? null
    return open
  }

  /** Goes to a message of the open conversation, on whatever branch it stands. */
  goTo(messageId: string): Promise<void> {
    return this.#try(async () => {
      const shown = this.outline.some((entry) => entry.id === messageId || entry.beside?.includes(messageId))
      if (!shown) this.#renew(await this.#host.chat.openAt(messageId))
      this.pointed = messageId
    })
  }

  /** An empty conversation, not yet written anywhere. */
  begin(): void {
    this.#turn++
    this.#leave()
    this.conversation = null
    this.outline = []
  }

  /**
   * Asks in the conversation the question names, open or not. Answers the id of the conversation. Rejects when the question was
   * not accepted; nothing was written then.
   */
  send(question: Question): Promise<string> {
    return this.#accept('send', () => this.#host.chat.send(question))
  }

  /** Says what an answer offers to be said. */
  say(text: string, ask: Ask, beginning: Beginning): Promise<void> {
    const conversationId = this.conversation?.id ?? null
    return this.#once(`say ${text}`, () =>
      this.#host.chat.send({ conversationId, text, ask, also: [], beginning }),
    )
  }

  /** Rejects like `send`. */
  edit(questionId: string, edit: Edit): Promise<string> {
    return this.#accept(`edit ${questionId}`, () => this.#host.chat.edit(questionId, edit))
  }

  retry(answerId: string, ask: Ask): Promise<void> {
    return this.#once(`retry ${answerId}`, () => this.#host.chat.retry(answerId, ask))
  }

  /** Asks again with the oldest messages left out. */
  leaveOut(answerId: string, ask: Ask): Promise<void> {
    return this.#once(`leave out ${answerId}`, () => this.#host.chat.leaveOut(answerId, ask))
  }

  goOn(answerId: string): Promise<void> {
    return this.#once(`go on ${answerId}`, () => this.#host.chat.goOn(answerId))
  }

  /** Stops one of the answers being written, or all that are shown. */
  stop(answerId?: string): Promise<void> {
    const ids = answerId === undefined ? this.writings : [answerId]
    return this.#try(() => Promise.all(ids.map((id) => this.#host.chat.stop(id))))
  }

  /** Shows the versions of an answer side by side. */
  showBeside(answerId: string): Promise<void> {
    return this.#try(async () => this.#renew(await this.#host.chat.showBeside(answerId)))
  }

  /** Goes on with one of several answers, which stands alone from now on. */
  goOnWith(answerId: string): Promise<void> {
    return this.#try(async () => this.#renew(await this.#host.chat.goOnWith(answerId)))
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

  /** Shows the open conversation with something changed. */
  change(conversation: Conversation): void {
    if (conversation.id === this.conversation?.id) this.conversation = conversation
  }

  hear(event: Event): void {
    if (event.kind === 'message') this.messages.renew(event.view)
    if (event.kind === 'conversation') this.change(event.row.conversation)
    if (event.kind === 'messageBack') void this.#reread(event.id)
  }

  #reread(id: string): Promise<void> {
    return this.#try(async () => {
      if (id === this.conversation?.id) this.#renew(await this.#host.chat.open(id))
    })
  }

  #show(open: OpenConversation): void {
    this.conversation = open.conversation
    this.outline = open.outline
    // A text is no talk: its sheet takes what is suggested in it.
    if (open.conversation.kind === 'text') return
    for (const view of open.tail) this.messages.put(view)
    const streaming = open.tail.filter((view) => view.message.state === 'streaming')
    this.writings = streaming.map((view) => view.message.id)
  }

  /** The same conversation with another branch shown. */
  #renew(open: OpenConversation): void {
    if (open.conversation.id === this.conversation?.id) this.#show(open)
  }

  /** Asks for something, unless the same is on its way. */
  async #once(what: string, work: () => Promise<Accepted>): Promise<void> {
    if (!this.#asking.includes(what)) await this.#try(() => this.#accept(what, work))
  }

  async #accept(what: string, work: () => Promise<Accepted>): Promise<string> {
    const turn = this.#turn
    this.#asking = [...this.#asking, what]
    try {
      return this.#accepted(turn, await work())
    } finally {
      if (turn === this.#turn) this.#asking = this.#asking.filter((one) => one !== what)
    }
  }

  #accepted(turn: number, { conversation, question, answer, beside, outline }: Accepted): string {
    // Another conversation may be open, since before the asking or meanwhile; this one is written on all the same.
    const shown = this.conversation ? this.conversation.id === conversation.id : turn === this.#turn
    if (!shown) return conversation.id
    this.conversation = conversation
    this.outline = outline
    const answers = [answer, ...beside]
    // One of several that is asked again joins those that are still being written.
    const there = new Set(outline.flatMap((entry) => entry.beside ?? [entry.id]))
    const others = this.writings.filter((id) => there.has(id) && id !== answer.message.id)
    for (const view of question ? [question, ...answers] : answers) this.messages.put(view)
    this.writings = [...others, ...answers.map((view) => view.message.id)]
    // Whoever tries one of several again looks at it already.
    if (answer.message.beside === 0 || question) this.sent++
    this.#hears.say('began')
    return conversation.id
  }

  #leave(): void {
    this.opened++
    this.pointed = this.marked = null
    this.messages.forget()
    this.writings = this.#asking = []
  }

  #ended(id: string): void {
    this.writings = this.writings.filter((writing) => writing !== id)
    this.#hears.say('ended')
  }

  /** Another version of an answer came while it is written. */
  #versions(id: string, version: number, versions: number): void {
    this.outline = this.outline.map((entry) => (entry.id === id ? { ...entry, version, versions } : entry))
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }
}
