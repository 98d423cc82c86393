// The chat of this window: the list, the open conversation and the desk, and how they act on each other.
import type { Ask } from '../../bindings/Ask'
import type { Conversation } from '../../bindings/Conversation'
import type { Event } from '../../bindings/Event'
import type { Found } from '../../bindings/Found'
import type { Message } from '../../bindings/Message'
import type { OpenConversation } from '../../bindings/OpenConversation'
import type { Start } from '../../bindings/Start'
import { failureOf, host } from '../../host'
import { m } from '../../paraglide/messages'
import { models } from '../../state/models.svelte'
import { handed } from '../../state/handed'
import { router } from '../../state/router.svelte'
import { services } from '../../state/services.svelte'
import { settings } from '../../state/settings.svelte'
import { toasts } from '../../state/toasts.svelte'
import { Attachments } from './attach/attachments.svelte'
import { Composer, NEW_PLACE } from './composer/composer.svelte'
import { Outlooks } from './context/outlook.svelte'
import { Summing } from './context/summing.svelte'
import { ChatOptions } from './options/options.svelte'
import { LearntOf } from './options/learnt.svelte'
import { thinks } from './options/thinks'
import { Conversations } from './list/conversations.svelte'
import { FindIn } from './find/find-in.svelte'
import { Finding } from './list/finding.svelte'
import { Selection } from './list/selection.svelte'
import { Exports } from './out/exports.svelte'
import { Editing } from './message/editing.svelte'
import { saidWords, type Said } from './said'
import { Session } from './session.svelte'
import { Several } from './several/several.svelte'
import { textModel } from './writing/models'
import { Texts } from './writing/texts.svelte'

const failed = (reason: unknown) => toasts.failed(failureOf(reason))

type Asked = Pick<Message, 'id' | 'serviceId' | 'model'>

class Chat {
  /** The polite line for screen readers. */
  said = $state('')
  /** The dialog for instructions is open. */
  instructing = $state(false)
  /** Counts wishes to choose a model. */
  pickerWanted = $state(0)

  /** The field to search in, while the list is there. */
  searchField = $state<HTMLInputElement>()

  readonly list = new Conversations(host, failed, () => settings.value.listOrder)
  readonly finding = new Finding(host, failed)
  readonly selection = new Selection()
  readonly composer = new Composer((place, text) => host.chat.saveDraft(place, text), failed)
  readonly attachments = new Attachments(host, {
    failed,
    removed: (file, undo) =>
      toasts.show(m.attach_removed({ name: file.name }), { label: m.kit_undo(), run: undo }),
  })
  readonly session = new Session(host, { failed, say: (what) => this.#say(what) })
  readonly editing = new Editing({
    session: () => this.session,
    asks: () => this.ask && { ask: this.ask, also: this.#also },
    wantPicker: () => this.wantPicker(),
    save: (place, text) => host.chat.saveDraft(place, text),
    failed,
    dropped: (undo) => toasts.show(m.chat_edit_dropped(), { label: m.kit_undo(), run: undo }),
  })
  /** The text that is open instead of a chat. */
  readonly texts = new Texts(host, { failed, say: (what) => this.#say(what) })

  /** Several models that are asked at once. */
  readonly several = new Several(host, {
    conversation: () => this.session.conversation,
    show: (talk) => this.session.change(talk),
    known: (serviceId) => services.byId(serviceId) !== undefined,
    begun: () => this.options.beginning.several,
    begin: (asks) => this.options.setSeveral(asks),
    failed,
  })

  /** Finding in the open conversation. */
  readonly find = new FindIn(host, {
    failed,
    conversation: () => this.session.conversation?.id,
    goTo: (id) => void this.session.goTo(id),
  })
  readonly exports = new Exports(host, {
    failed,
    done: ({ name }) =>
      toasts.show(m.export_done({ name }), {
        label: m.export_show(),
        run: () => void this.#try(() => host.out.show()),
      }),
  })

  /** Whom the next question goes to, the first of several; null while nothing can be asked. */
  readonly ask: Ask | null = $derived.by(() => {
    const talk = this.session.conversation
    const made = talk?.kind === 'text' ? textModel(models.all) : undefined
    const fit = made && { serviceId: made.serviceId, model: made.name }
    const wishes = [this.several.asks[0], this.#picked, talk, fit, settings.value]
    for (const wish of wishes) {
      if (wish?.serviceId && wish.model && services.byId(wish.serviceId))
        return { serviceId: wish.serviceId, model: wish.model }
    }
    const first = models
      .of('chat')
      .toSorted((one, other) => Number(other.favourite) - Number(one.favourite))[0]
    return first ? { serviceId: first.serviceId, model: first.name } : null
  })

  readonly options = new ChatOptions(host, {
    conversation: () => this.session.conversation,
    show: (talk) => this.session.change(talk),
    usual: () => settings.value.options,
    keepUsual: (options) => settings.change({ options }),
    failed,
  })

  /** What was learnt about the model that is asked. */
  readonly learnt = new LearntOf(host, failed)
  /** It makes sense to say how long the model may think. */
  readonly thinks = $derived(this.ask !== null && thinks(this.ask.model, this.learnt.of(this.ask)))

  /** What would go along with a question asked now. */
  readonly outlooks = new Outlooks(host)
  readonly summing = new Summing(host)
  /** How many messages of the branch shown, from its beginning, are not sent as they were said. */
  readonly leftOut = $derived.by(() => {
    const first = this.outlooks.now?.first
    return first
      ? Math.max(
          0,
          this.session.outline.findIndex((entry) => entry.id === first),
        )
      : 0
  })

  /** Whom else a question goes to. */
  get #also(): Ask[] {
    return this.several.asks.slice(1)
  }

  readonly #doing = new Set<string>()
  #picked = $state.raw<Ask | null>(null)
  /** The conversation last asked for, opened already or about to be. */
  #shown: string | null = null

  /** Takes what the first screen needs and listens from then on. */
  begin(start: Start): void {
    this.list.fill(start.conversations, start.folders)
    this.composer.goTo(NEW_PLACE, start.draft)
    this.attachments.goTo(NEW_PLACE, start.attachments)
    handed.taker((file) => this.attachments.bring(NEW_PLACE, file))
    this.options.beginning = start.beginning
    host.listen((event) => this.#hear(event))
  }

  /** Shows a conversation, or the empty desk for a new one. */
  async show(id: string | null, at?: string): Promise<void> {
    if (id === this.#shown) return
    this.#shown = id
    this.#picked = null
    this.find.end()
    await Promise.all([this.editing.leave(), this.composer.keep()])
    if (id !== null) await this.texts.written(id)
    // Writing the draft down took a moment, and the person may have gone elsewhere meanwhile.
    if (this.#shown !== id) return
    if (id === null) {
      this.texts.leave()
      this.session.begin()
      this.attachments.goTo(NEW_PLACE)
      return this.composer.goTo(NEW_PLACE)
    }
    try {
      const desk = await this.session.open(id, at)
      if (desk === null) return
      if (desk.conversation.kind === 'text') return this.#showText(desk)
      this.texts.leave()
      this.editing.comeBack(desk.edit)
      this.composer.goTo(id, desk.draft)
      this.attachments.goTo(id, desk.attachments)
    } catch (reason) {
      if (this.#shown !== id) return
      failed(reason)
      router.openConversation(null)
    }
  }

  /** Shows a conversation at a message that was found. */
  async showAt({ conversationId, messageId }: Pick<Found, 'conversationId' | 'messageId'>): Promise<void> {
    const open = this.session.conversation?.id === conversationId && this.#shown === conversationId
    const words = this.finding.found
    const shown = open ? this.session.goTo(messageId) : this.show(conversationId, messageId)
    router.openConversation(conversationId)
    await shown
    if (words !== '' && this.session.conversation?.id === conversationId) this.find.begin(words, messageId)
  }

  /** Opens a new text; one that nothing was written in yet will do. */
  newText(): Promise<void> {
    return this.#once('new text', () => this.#openText())
  }

  async #openText(): Promise<void> {
    const blank = this.list.rows.find(({ conversation }) => {
      const { kind, title, snippet, head } = conversation
      return kind === 'text' && title === '' && snippet === '' && head === null
    })
    const { id } = blank?.conversation ?? (await host.texts.begin(''))
    router.openConversation(id)
    if (this.texts.sheet?.id === id) this.texts.wanted++
  }

  /** Asks this model from now on, here and in new conversations; in a text only here. */
  pick(ask: Ask): void {
    this.#picked = ask
    if (this.session.conversation?.kind === 'text') return
    void settings.change({ serviceId: ask.serviceId, model: ask.model })
  }

  /** Opens what the desk chooses models by. */
  wantPicker(): void {
    if (this.several.asks.length > 0) this.several.open = true
    else this.pickerWanted++
  }

  /** Any name typed in, at the service asked so far. */
  async typedIn(name: string): Promise<Ask | null> {
    const serviceId = this.ask?.serviceId ?? services.current?.id
    const model = serviceId && (await models.addTypedIn(serviceId, name))
    return model ? { serviceId: model.serviceId, model: model.name } : null
  }

  /** Asks these at once from now on; a single one is asked alone. */
  async askSeveral(asks: readonly Ask[]): Promise<void> {
    const [first] = asks
    await this.several.set(asks)
    if (first) this.pick(first)
  }

  async send(): Promise<void> {
    const ask = this.ask
    if (!ask) return this.wantPicker()
    // Files may take a while to be read, and the person may go elsewhere meanwhile: the question stays what it was.
    const conversationId = this.session.conversation?.id ?? null
    const asked = { conversationId, ask, also: this.#also, beginning: this.options.beginning }
    await this.composer.send(this.attachments.list.length > 0, async (text, from) => {
      await this.attachments.settled(from)
      await this.options.written()
      const id = await this.session.send({ ...asked, text })
      const shown = this.session.conversation?.id === id
      this.attachments.sent(from, shown ? id : from)
      if (conversationId === null) this.options.begun()
      if (this.#shown === null && shown) {
        this.#shown = id
        router.openConversation(id)
      }
      return { to: id, shown }
    })
  }

  /** Says a follow-up that an answer offers, as if it had been typed. */
  async say(text: string): Promise<void> {
    const ask = this.ask
    if (!ask) return this.wantPicker()
    await this.session.say(text, ask, this.options.beginning)
  }

  /** Whether the model that is asked is known to refuse a field. */
  refuses(field: string): boolean {
    return this.ask !== null && this.learnt.refuses(this.ask, field)
  }

  /** Sends everything to the model that is asked anew, and finds out again. */
  async forgetRefusals(): Promise<void> {
    const ask = this.ask
    if (ask && (await this.learnt.forget(ask)))
      toasts.show(m.option_forgotten({ model: models.find(ask.serviceId, ask.model)?.label ?? ask.model }))
  }

  /** Asks again, the same model if it is still there. */
  async retry(message: Asked, other?: Ask): Promise<void> {
    const ask = other ?? this.#again(message)
    if (ask) await this.session.retry(message.id, ask)
    else this.wantPicker()
  }

  /** A conversation of its own that begins with everything up to a message. */
  branch(messageId: string): Promise<void> {
    const title = this.session.conversation?.title || m.chat_new()
    return this.#once(`branch ${messageId}`, async () => {
      const { conversation } = await host.chat.branch(messageId, m.versions_branch_title({ title }))
      router.openConversation(conversation.id)
    })
  }

  /** Has the older part of the open conversation summed up by the model that is asked. */
  async sumUp(then?: () => void): Promise<void> {
    const talk = this.session.conversation
    if (!this.ask) return this.wantPicker()
    if (talk) await this.summing.begin(talk.id, this.ask, then)
  }

  /** Sends what fits as it was said again. */
  async forgetSummary(): Promise<void> {
    const talk = this.session.conversation
    if (talk) await this.#try(async () => this.session.change(await host.chat.forgetSummary(talk.id)))
  }

  /** Asks again with the oldest messages left out. */
  async leaveOut(message: Asked): Promise<void> {
    const ask = this.#again(message)
    if (ask) await this.session.leaveOut(message.id, ask)
    else this.wantPicker()
  }

  async remove({ id, title }: Pick<Conversation, 'id' | 'title'>): Promise<void> {
    const open = this.session.conversation?.id === id
    if (!(await this.list.remove(id))) return
    if (open) router.newConversation()
    toasts.show(m.chat_deleted({ title: title || m.chat_new() }), {
      label: m.kit_undo(),
      run: () => void this.#restore(id, open),
    })
  }

  async removeMessage(id: string): Promise<void> {
    if (!(await this.session.remove(id))) return
    toasts.show(m.chat_message_deleted(), { label: m.kit_undo(), run: () => void this.session.restore(id) })
  }

  #showText(open: OpenConversation): void {
    // What is typed for a new chat stays where it is.
    this.composer.goTo(NEW_PLACE)
    this.attachments.goTo(NEW_PLACE)
    this.texts.show(open)
  }

  /** Who answered, if that one can still be asked. */
  #again({ serviceId, model }: Asked): Ask | null {
    return serviceId && model && services.byId(serviceId) ? { serviceId, model } : this.ask
  }

  #say(what: Said): void {
    this.said = saidWords(what)
    // An answer may have taught something about its model.
    if (what === 'ended' && this.ask) void this.learnt.read(this.ask.serviceId)
  }

  async #restore(id: string, open: boolean): Promise<void> {
    await this.list.restore(id)
    if (open) router.openConversation(id)
  }

  /** So much changed at once that the open conversation may have changed too. */
  async #reread(): Promise<void> {
    const id = this.session.conversation?.id
    if (id !== undefined)
      await this.#try(async () => this.session.change((await host.chat.open(id)).conversation))
  }

  /** What is pressed twice in haste is done once. */
  async #once(what: string, work: () => Promise<unknown>): Promise<void> {
    if (this.#doing.has(what)) return
    this.#doing.add(what)
    await this.#try(work)
    this.#doing.delete(what)
  }

  async #try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (reason) {
      failed(reason)
    }
  }

  #hear(event: Event): void {
    this.list.hear(event)
    this.finding.hear(event)
    this.exports.hear(event)
    this.session.hear(event)
    this.attachments.hear(event)
    this.summing.hear(event)
    if (event.kind === 'conversations') void this.#reread()
    if (event.kind === 'conversationGone') this.selection.gone(event.id)
    if (event.kind !== 'conversationGone' || event.id !== this.session.conversation?.id) return
    this.texts.leave()
    if (router.place === 'chat') router.openConversation(null)
    else this.session.begin()
  }
}

export const chat = new Chat()
