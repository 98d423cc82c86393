// One text on the screen: what stands on it, where a model writes in it, and what of it is written down. Words of a model
// are a suggestion until they are kept; whoever writes on keeps them.
import type { Accepted } from '../../../bindings/Accepted'
import type { Ask } from '../../../bindings/Ask'
import type { MessageView } from '../../../bindings/MessageView'
import type { OpenConversation } from '../../../bindings/OpenConversation'
import type { Problem } from '../../../bindings/Problem'
import type { TurnUpdate } from '../../../bindings/TurnUpdate'
import { failureOf } from '../../../host/failure'
import type { Host } from '../../../host/host'
import type { Waiting } from '../message/live.svelte'
import { editOf, kept, through, type Selection, type Span } from './edits'
import { History, type Moment } from './history'
import { Written } from './written'

export interface Hears {
  say(words: 'began' | 'ended' | { sentences: string }): void
  failed(reason: unknown): void
}

export class Sheet {
  readonly id: string
  /** The text, and in it what is suggested. */
  value = $state('')
  /** Where the suggestion stands; null while there is none. */
  span = $state.raw<Span | null>(null)
  /** The suggestion's row. */
  answer = $state.raw<MessageView | null>(null)
  selection = $state.raw<Selection>({ start: 0, end: 0 })
  thinking = $state(false)
  waiting = $state.raw<Waiting | null>(null)
  /** A continuation is asked for and not accepted yet. */
  sending = $state(false)
  /** Why it was not accepted. */
  problem = $state.raw<Problem | null>(null)
  canUndo = $state(false)
  canRedo = $state(false)

  readonly writing: boolean = $derived(this.answer?.message.state === 'streaming')
  readonly busy: boolean = $derived(this.writing || this.sending)
  /** What stands behind the caret. */
  readonly behind: string = $derived(this.value.slice(this.selection.end))

  readonly #host: Host
  readonly #hears: Hears
  readonly #history = new History()
  readonly #written: Written
  /** What came of the answer so far, also what is not shown yet. */
  #letters = ''
  /** Something was written while the model wrote: its words are text already, and are kept as they come. */
  #edited = false
  #frame = 0
  #held = false
  #unwatch: (() => void) | undefined

  constructor(host: Host, open: OpenConversation, hears: Hears) {
    this.#host = host
    this.#hears = hears
    this.id = open.conversation.id
    this.#written = new Written(
      open.draft,
      (text, settles) => (settles ? host.texts.settle(this.id, text) : host.chat.saveDraft(this.id, text)),
      (reason) => hears.failed(reason),
    )
    this.#show(open)
  }

  /** The box holds this now. */
  type(value: string, selection: Selection, kind: string): void {
    if (value === this.value) return
    const edit = editOf(this.value, value, selection.end)
    this.#mark(kind)
    const { span } = this
    this.value = value
    this.selection = selection
    if (span && (this.busy || span.to === span.from)) {
      this.span = through(span, edit)
      this.#edited = true
    } else if (span) this.#drop()
    this.#keepSoon()
  }

  /** The caret is here now. */
  look(selection: Selection): void {
    const { start, end } = this.selection
    if (selection.start !== start || selection.end !== end) this.selection = selection
  }

  /** While an input method composes a word, nothing moves under it. */
  hold(held: boolean): void {
    this.#held = held
    if (!held) this.#lay()
  }

  /** Has the text continued at the caret. A suggestion that waits is kept. */
  async goOn(ask: Ask): Promise<void> {
    if (this.busy) return
    const at = this.selection.end
    this.#mark()
    this.#drop()
    this.#edited = false
    this.selection = { start: at, end: at }
    this.span = { from: at, to: at, taken: 0 }
    const [before, behind] = [this.value.slice(0, at), this.value.slice(at)]
    await this.#ask(() =>
      this.#written.through(before + behind, () =>
        this.#host.texts.goOn({ conversationId: this.id, before, behind, ask }),
      ),
    )
  }

  /** Another version of the suggestion. */
  retry(ask: Ask): Promise<void> {
    return this.#again((id) => this.#host.chat.retry(id, ask))
  }

  /** Asks in a chat: the model does not continue texts. */
  goOnInChat(ask: Ask): Promise<void> {
    return this.#again((id) => this.#host.texts.goOnInChat(id, ask))
  }

  /** Goes on where a suggestion was cut off. */
  goOnCut(): Promise<void> {
    return this.#again((id) => this.#host.chat.goOn(id))
  }

  async stop(): Promise<void> {
    const id = this.answer?.message.id
    if (id && this.writing) await this.#try(() => this.#host.chat.stop(id))
  }

  /** Shows the version before or after. */
  async step(by: 1 | -1): Promise<void> {
    const { answer } = this
    if (!answer || this.busy) return
    await this.#try(async () => {
      const { tail } = await this.#host.chat.choose(answer.message.id, answer.version + by)
      const chosen = tail.at(-1)
      if (!chosen || this.answer !== answer) return
      this.answer = chosen
      this.#letters = chosen.message.text
      this.#lay()
    })
  }

  /** The suggestion becomes text like any other. */
  keep(): void {
    if (this.busy) return
    this.#drop()
    this.#keepSoon()
    void this.written()
  }

  /** The suggestion goes; it can be had back. */
  takeOut(): void {
    const { span } = this
    if (!span || this.busy) return
    this.#mark()
    this.value = this.value.slice(0, span.from) + this.value.slice(span.to)
    this.selection = { start: span.from, end: span.from }
    this.#drop()
    this.#keepSoon()
    void this.written()
  }

  undo(): void {
    this.#travel((now) => this.#history.undo(now))
  }

  redo(): void {
    this.#travel((now) => this.#history.redo(now))
  }

  /** Shows the text as it was once. What is on the sheet now is kept beside it. */
  async goBack(questionId: string): Promise<void> {
    if (this.busy) return
    await this.#try(async () => {
      await this.written()
      const open = await this.#host.texts.goBack(questionId, this.value)
      this.#mark()
      this.#written.is(open.draft)
      this.#show(open)
    })
  }

  /** Everything typed is written down. */
  written(): Promise<void> {
    return this.#written.now()
  }

  /** Nobody looks any more. What is still being written is followed to its end all the same. */
  leave(): void {
    void this.written()
    if (!this.busy) this.#unfollow()
  }

  #show({ draft, tail }: OpenConversation): void {
    const [question, answer] = tail.map((view) => view.message)
    this.#unfollow()
    this.#edited = false
    this.answer = tail[1] ?? null
    this.#letters = answer?.text ?? ''
    if (question && answer) {
      const { text, suffix } = question
      this.value = text + this.#letters + suffix
      const to = text.length + this.#letters.length
      this.span = { from: text.length, to, taken: 0 }
      this.selection = { start: to, end: to }
      if (answer.state === 'streaming') this.#follow(answer.id)
    } else {
      this.value = draft
      this.span = null
      this.selection = { start: draft.length, end: draft.length }
    }
  }

  #again(work: (answerId: string) => Promise<Accepted>): Promise<void> {
    const id = this.answer?.message.id
    if (!id || this.busy) return Promise.resolve()
    return this.#ask(() => work(id))
  }

  async #ask(work: () => Promise<Accepted>): Promise<void> {
    this.sending = true
    this.problem = null
    this.waiting = null
    try {
      const { answer } = await work()
      this.answer = answer
      this.#letters = answer.message.text
      this.#hears.say('began')
      this.sending = false
      this.#lay()
      this.#follow(answer.message.id)
    } catch (reason) {
      this.sending = false
      this.problem = failureOf(reason).problem
      if (!this.answer) {
        this.span = null
        this.#edited = true
      }
    }
    if (this.#edited) this.#keepSoon()
  }

  #follow(id: string): void {
    this.#unfollow()
    this.#unwatch = this.#host.texts.watch(id, (update) => this.#take(update))
  }

  #unfollow(): void {
    this.#unwatch?.()
    this.#unwatch = undefined
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.thinking = false
    this.waiting = null
  }

  #take(update: TurnUpdate): void {
    const { answer } = this
    if (!answer) return
    switch (update.kind) {
      case 'letters':
        this.#letters = this.#letters.slice(0, update.keep) + update.text
        this.thinking = update.thinking
        this.waiting = null
        if (update.spoken) this.#hears.say({ sentences: update.spoken })
        this.#frame ||= requestAnimationFrame(() => this.#lay())
        return
      case 'waiting':
        this.waiting = { problem: update.problem, until: Date.now() + update.forMs }
        return
      case 'adapted': {
        const { message } = answer
        const adapted = [...new Set([...message.adapted, update.field])]
        this.answer = { ...answer, message: { ...message, adapted } }
        return
      }
      case 'versions':
        this.answer = { ...answer, version: update.version, versions: update.versions }
        return
      case 'ended':
        this.#ended(update.answer)
    }
  }

  #ended(answer: MessageView): void {
    this.#unfollow()
    this.answer = answer
    this.#letters = answer.message.text
    this.#held = false
    this.#lay()
    this.#hears.say('ended')
    // Text and words have grown into one: there is nothing left to decide.
    if (this.#edited && answer.message.text !== '') {
      const troubled = answer.message.state !== 'done' && answer.message.state !== 'stopped'
      if (troubled) this.problem = answer.message.problem
      this.#drop()
    }
    if (this.#edited) this.#keepSoon()
    if (!this.answer) this.#edited = false
  }

  /** Puts the words that came in their place. */
  #lay(): void {
    this.#frame = 0
    const { span } = this
    if (!span || this.#held) return
    const words = this.#letters.slice(span.taken)
    const to = span.from + words.length
    if (to === span.to && this.value.slice(span.from, to) === words) return
    const { start, end } = this.selection
    this.selection = { start: kept(start, span, words.length), end: kept(end, span, words.length) }
    this.value = this.value.slice(0, span.from) + words + this.value.slice(span.to)
    this.span = { ...span, to }
    if (this.#edited) this.#keepSoon()
  }

  /** There is no suggestion any more; its words, if any, are text. */
  #drop(): void {
    if (this.span || this.answer) this.#written.settles()
    this.#unfollow()
    this.span = null
    this.answer = null
  }

  #keepSoon(): void {
    // Before anybody wrote in it, the text on disk is the one without the suggestion.
    if (this.span && !this.#edited) return
    if (this.#edited) this.#written.settles()
    this.#written.soon(this.value)
  }

  #mark(kind = ''): void {
    this.#history.mark(this.#moment(), kind)
    this.#can()
  }

  #moment(): Moment {
    return { text: this.value, selection: this.selection }
  }

  #travel(way: (now: Moment) => Moment | undefined): void {
    if (this.sending) return
    const moment = way(this.#moment())
    this.#can()
    if (!moment) return
    void this.stop()
    // Words that come after this are among the earlier continuations.
    this.#drop()
    this.#edited = false
    this.value = moment.text
    this.selection = moment.selection
    this.#keepSoon()
  }

  #can(): void {
    this.canUndo = this.#history.canUndo
    this.canRedo = this.#history.canRedo
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      this.#hears.failed(reason)
    }
  }
}
