// The fake's conversations as the host offers them.
import type { Ask } from '../../bindings/Ask'
import type { Attachment } from '../../bindings/Attachment'
import type { Host } from '../host'
import type { FakeStore } from './store'
import { conversation, message, type Talk } from './talks'
import { accepted, branch, opened, tipBelow, versionsOf, viewOf } from './tree'
import { callsSoFar } from './steps'
import { run, scriptFor, soFar } from './turn'

const PAGE = 50

export function chatHost(store: FakeStore): Host['chat'] {
  const rows = (bin: boolean, search: string) =>
    store.talks
      .filter(({ conversation: { deletedAt } }) => (deletedAt !== null) === bin)
      .filter(({ conversation: { title } }) => title.toLowerCase().includes(search.toLowerCase()))
      .toSorted((one, other) => rank(other) - rank(one))
      .map((talk) => store.row(talk))

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

  return {
    async list({ search, bin, after }) {
      const all = rows(bin, search)
      const from = all.findIndex((row) => row.conversation.id === after) + 1
      return all.slice(from, from + PAGE)
    },
    open: async (id) => opened(store.talk(id), store.desk(id)),
    async messages(ids) {
      const all = store.talks.flatMap((talk) => talk.messages.map((one) => ({ talk, one })))
      return ids.flatMap((id) =>
        all.filter(({ one }) => one.id === id).map(({ talk, one }) => viewOf(talk, one)),
      )
    },
    async send({ conversationId, text, ask }) {
      const talk = conversationId ? store.talk(conversationId) : newTalk(store, text)
      talk.draft = ''
      if (!conversationId) store.newDraft = ''
      const files = store.desk(conversationId ?? 'new')
      store.attachments = store.attachments.filter((file) => !files.includes(file))
      return asked(store, talk, { parentId: talk.conversation.head, text, ask, files })
    },
    async retry(answerId, ask) {
      const talk = store.talkOf(answerId)
      const parentId = talk.messages.find((one) => one.id === answerId)?.parentId ?? null
      const answer = begin(store, talk, parentId, ask)
      return accepted(talk, null, answer)
    },
    async edit(questionId, text, without, ask) {
      const talk = store.talkOf(questionId)
      const parentId = talk.messages.find((one) => one.id === questionId)?.parentId ?? null
      const files = (talk.files ?? []).filter(
        (file) => file.messageId === questionId && !without.includes(file.id),
      )
      return asked(store, talk, { parentId, text, ask, files })
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
      if (wanted) talk.conversation.head = tipBelow(talk, wanted.id)
      return opened(talk)
    },
    rename: async (id, title) => change(id, { title, titleBy: 'person' }),
    setTools: async (id, names) =>
      change(id, { options: { ...store.talk(id).conversation.options, tools: names } }),
    pin: async (id, pinned) => change(id, { pinned }),
    async remove(id) {
      store.talk(id).conversation.deletedAt = Date.now()
      store.tell({ kind: 'conversationGone', id })
    },
    restore: async (id) => change(id, { deletedAt: null }),
    async emptyBin() {
      store.talks = store.talks.filter((talk) => talk.conversation.deletedAt === null)
    },
    removeMessage: async (id) => setDeleted(id, Date.now()),
    restoreMessage: async (id) => setDeleted(id, null),
    async saveDraft(place, text) {
      if (place === 'new') store.newDraft = text
      else store.talk(place).draft = text
    },
  }
}

function rank({ conversation: { pinned, updatedAt } }: Talk) {
  return (pinned ? Number.MAX_SAFE_INTEGER / 2 : 0) + updatedAt
}

function newTalk(store: FakeStore, text: string): Talk {
  const talk: Talk = {
    conversation: conversation(crypto.randomUUID(), text.slice(0, 40), 0),
    messages: [],
    draft: '',
  }
  store.talks.push(talk)
  return talk
}

interface Asked {
  parentId: string | null
  text: string
  ask: Ask
  files: Attachment[]
}

function asked(store: FakeStore, talk: Talk, { parentId, text, ask, files }: Asked) {
  const question = message(crypto.randomUUID(), talk.conversation.id, { parentId, text })
  const own = files.map((file) => ({ ...file, id: crypto.randomUUID(), place: '', messageId: question.id }))
  talk.files = [...(talk.files ?? []), ...own]
  talk.messages.push(question)
  const answer = begin(store, talk, question.id, ask)
  return accepted(talk, question, answer)
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
