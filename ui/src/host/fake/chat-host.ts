// The fake's conversations as the host offers them.
import type { Ask } from '../../bindings/Ask'
import type { Attachment } from '../../bindings/Attachment'
import type { Beginning } from '../../bindings/Beginning'
import type { Message } from '../../bindings/Message'
import type { Host } from '../host'
import { listed } from './lists'
import { optionsHost } from './options-host'
import type { FakeStore } from './store'
import { NOTHING } from '../nothing'
import { conversation, message, type Talk } from './talk'
import { keep, openedText, retryText, suggest } from './text-host'
import { accepted, branch, opened, tipBelow, versionsOf, viewOf } from './tree'
import { callsSoFar } from './steps'
import { run, scriptFor, soFar } from './turn'

const PAGE = 50

export function chatHost(store: FakeStore): Host['chat'] {
  const change = (id: string, part: Partial<Talk['conversation']>) => {
    const talk = store.talk(id)
    talk.conversation = { ...talk.conversation, ...part }
    store.tellRow(talk)
    return { ...talk.conversation }
  }

  const setDeleted = (id: string, deletedAt: number | null) => {
    const talk = store.talkOf(id)
    const target = talk.messages.find((one) => one.id === id)
    if (target) target.deletedAt = deletedAt
    return opened(talk)
  }

  const again = async (answerId: string, ask: Ask) => {
    const talk = store.talkOf(answerId)
    const old = talk.messages.find((one) => one.id === answerId)
    if (old && talk.conversation.kind === 'text') return retryText(store, talk, old, ask)
    const answer = begin(store, talk, old?.parentId ?? null, ask)
    if (old?.beside) [answer.beside, old.beside] = [old.beside, 0]
    return accepted(talk, null, answer)
  }

  return {
    async list(query) {
      const { after } = query
      const all = listed(store, query).map((talk) => store.row(talk))
      const from = all.findIndex((row) => row.conversation.id === after) + 1
      return all.slice(from, from + PAGE)
    },
    async open(id) {
      const talk = store.talk(id)
      return talk.conversation.kind === 'text' ? openedText(store, talk) : opened(talk, store.desk(id))
    },
    async openAt(messageId) {
      const talk = store.talkOf(messageId)
      if (!branch(talk).some((one) => one.id === messageId))
        talk.conversation.head = tipBelow(talk, messageId)
      return opened(talk)
    },
    async messages(ids) {
      const all = store.talks.flatMap((talk) => talk.messages.map((one) => ({ talk, one })))
      return ids.flatMap((id) =>
        all.filter(({ one }) => one.id === id).map(({ talk, one }) => viewOf(talk, one)),
      )
    },
    async send({ conversationId, text, ask, also, beginning }) {
      const talk = conversationId ? store.talk(conversationId) : newTalk(store, text, beginning)
      talk.draft = ''
      if (!conversationId) {
        store.newDraft = ''
        store.beginning = nothingSet()
      }
      const files = store.desk(conversationId ?? 'new')
      store.attachments = store.attachments.filter((file) => !files.includes(file))
      settle(talk)
      return asked(store, talk, { parentId: talk.conversation.head, text, asks: [ask, ...also], files })
    },
    retry: (answerId, ask) => again(answerId, ask),
    async edit(questionId, { text, without, ask, also }) {
      const talk = store.talkOf(questionId)
      talk.edit = ''
      const parentId = talk.messages.find((one) => one.id === questionId)?.parentId ?? null
      const files = (talk.files ?? []).filter(
        (file) => file.messageId === questionId && !without.includes(file.id),
      )
      return asked(store, talk, { parentId, text, asks: [ask, ...also], files })
    },
    async goOn(answerId) {
      const talk = store.talkOf(answerId)
      const answer = branch(talk).find((one) => one.id === answerId)
      if (!answer) return accepted(talk, null, begin(store, talk, null, { serviceId: '', model: '' }))
      follow(store, talk, answer)
      return accepted(talk, null, answer)
    },
    stop: async (answerId) => store.turns.get(answerId)?.stop(),
    answerCall: async (answerId, callId, decision) => store.turns.get(answerId)?.decide(callId, decision),
    watch(answerId, onUpdate) {
      const turn = store.turns.get(answerId)
      if (!turn) {
        const talk = store.talkOf(answerId)
        const answer = talk.messages.find((one) => one.id === answerId)
        if (answer) queueMicrotask(() => onUpdate({ kind: 'ended', answer: viewOf(talk, answer) }))
        return () => {}
      }
      turn.watchers.add(onUpdate)
      queueMicrotask(() => {
        onUpdate(soFar(turn.answer))
        if (turn.answer.steps.length > 0) onUpdate(callsSoFar(turn.answer))
      })
      return () => turn.watchers.delete(onUpdate)
    },
    async choose(messageId, version) {
      const talk = store.talkOf(messageId)
      const wanted = versionsOf(talk, messageId)[version - 1]
      if (wanted && talk.conversation.kind === 'text') {
        suggest(store, talk, wanted.id)
        return openedText(store, talk)
      }
      if (wanted) talk.conversation.head = tipBelow(talk, wanted.id)
      return opened(talk)
    },
    async showBeside(answerId) {
      const talk = store.talkOf(answerId)
      const versions = versionsOf(talk, answerId).slice(0, 4)
      versions.forEach((one, index) => (one.beside = index + 1))
      const question = talk.messages.find((one) => one.id === versions[0]?.parentId)
      if (question) question.beside = 1
      return opened(talk)
    },
    async goOnWith(answerId) {
      const talk = store.talkOf(answerId)
      talk.conversation.head = tipBelow(talk, answerId)
      const answer = talk.messages.find((one) => one.id === answerId)
      const question = talk.messages.find((one) => one.id === answer?.parentId)
      if (question) question.beside = 0
      return opened(talk)
    },
    setSeveral: async (id, several) => change(id, { several }),
    async branch(messageId, title) {
      const from = store.talkOf(messageId)
      const talk = newTalk(store, title)
      const line = branch(from)
      let parentId: string | null = null
      for (const one of line.slice(0, line.findIndex(({ id }) => id === messageId) + 1)) {
        const copy: Talk['messages'][number] = {
          ...one,
          ...{ id: crypto.randomUUID(), conversationId: talk.conversation.id, parentId, beside: 0 },
        }
        talk.messages.push(copy)
        parentId = copy.id
      }
      talk.conversation.head = parentId
      store.tellRow(talk)
      return opened(talk)
    },
    rename: async (id, title) => change(id, { title, titleBy: 'person' }),
    pin: async (id, pinned) => change(id, { pinned }),
    async remove(id) {
      store.talk(id).conversation.deletedAt = Date.now()
      store.tell({ kind: 'conversationGone', id })
    },
    restore: async (id) => change(id, { deletedAt: null }),
    ...optionsHost(store, change),
    leaveOut: (answerId, ask) => again(answerId, ask),
    removeMessage: async (id) => setDeleted(id, Date.now()),
    restoreMessage: async (id) => setDeleted(id, null),
    async saveDraft(place, text) {
      if (place === 'new') store.newDraft = text
      else if (place === 'pictures') store.pictureDraft = text
      else if (place.startsWith(EDIT)) store.talk(place.slice(EDIT.length)).edit = text
      else if (place === 'speech') store.speechDraft = text
      else if (place === 'transcribe') store.transcribeDraft = text
      else if (store.talk(place).conversation.kind === 'text') keep(store, store.talk(place), text)
      else store.talk(place).draft = text
    },
  }
}

const EDIT = 'edit '

const nothingSet = (): Beginning => ({ options: NOTHING, instructions: '', several: [] })

function newTalk(store: FakeStore, text: string, beginning = nothingSet()): Talk {
  const talk: Talk = {
    conversation: conversation(crypto.randomUUID(), text.slice(0, 40), 0, { ...beginning }),
    messages: [],
    draft: '',
  }
  store.talks.push(talk)
  return talk
}

interface Asked {
  parentId: string | null
  text: string
  asks: Ask[]
  files: Attachment[]
}

function asked(store: FakeStore, talk: Talk, { parentId, text, asks, files }: Asked) {
  const question = message(crypto.randomUUID(), talk.conversation.id, { parentId, text })
  const own = files.map((file) => ({ ...file, id: crypto.randomUUID(), place: '', messageId: question.id }))
  talk.files = [...(talk.files ?? []), ...own]
  talk.messages.push(question)
  const answers = asks.map((ask) => begin(store, talk, question.id, ask))
  const several = answers.length > 1
  if (several) {
    question.beside = 1
    answers.forEach((answer, index) => (answer.beside = index + 1))
  }
  const [answer, ...beside] = answers as [Message, ...Message[]]
  talk.conversation.head = answer.id
  talk.conversation.several = several ? asks : []
  return accepted(talk, question, answer, beside)
}

/** A new question goes on with one of several answers: that one stands alone from now on. */
function settle(talk: Talk) {
  const head = talk.messages.find((one) => one.id === talk.conversation.head)
  const question = talk.messages.find((one) => one.id === head?.parentId)
  if (question) question.beside = 0
}

function begin(store: FakeStore, talk: Talk, parentId: string | null, ask: Ask) {
  const answer = message(crypto.randomUUID(), talk.conversation.id, { ...ask, parentId, role: 'assistant' })
  talk.messages.push(answer)
  talk.conversation.head = answer.id
  follow(store, talk, answer)
  return answer
}

function follow(store: FakeStore, talk: Talk, answer: Talk['messages'][number]) {
  const question = talk.messages.find((one) => one.id === answer.parentId)?.text ?? ''
  const going = answer.text !== ''
  answer.state = 'streaming'
  const end = () => {
    store.turns.delete(answer.id)
    talk.conversation = { ...talk.conversation, updatedAt: Date.now(), snippet: answer.text.slice(0, 80) }
    for (const watcher of turn.watchers) watcher({ kind: 'ended', answer: viewOf(talk, answer) })
    store.tellRow(talk)
  }
  const turn = run(answer, scriptFor(going ? '' : question), end, () => store.tellRow(talk))
  store.turns.set(answer.id, turn)
  store.tellRow(talk)
}
