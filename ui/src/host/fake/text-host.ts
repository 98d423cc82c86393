// The fake's texts that are continued. Words in square brackets in the text choose what happens, as in turn.ts; besides
// those: [chat] a model that wants to be asked in a chat, [nogap] one that does not see what follows.
import type { Ask } from '../../bindings/Ask'
import type { Continuation } from '../../bindings/Continuation'
import type { Message } from '../../bindings/Message'
import type { OpenConversation } from '../../bindings/OpenConversation'
import type { TurnUpdate } from '../../bindings/TurnUpdate'
import { problem } from '../failure'
import type { Host } from '../host'
import type { FakeStore } from './store'
import { conversation, message, type Talk } from './talk'
import { accepted, viewOf } from './tree'

const PIECE_MS = 30
const WORDS = ' and the evening went on quietly. A lamp was lit in one window, then in the next.'
const PAGE = 50

export function textHost(store: FakeStore): Host['texts'] {
  const asked = (talk: Talk, questionId: string | null) => talk.messages.find((one) => one.id === questionId)

  const begin = (talk: Talk, parentId: string | null, ask: Ask, adapted: string[]) => {
    const answer = message(crypto.randomUUID(), talk.conversation.id, {
      ...ask,
      parentId,
      adapted,
      role: 'assistant',
      state: 'streaming',
    })
    talk.messages.push(answer)
    suggest(store, talk, answer.id)
    write(store, talk, answer, asked(talk, parentId)?.text ?? '')
    return answer
  }

  return {
    async begin(text) {
      const fresh = { ...conversation(crypto.randomUUID(), '', 0), kind: 'text' as const }
      const talk = { conversation: fresh, messages: [], draft: '' }
      store.talks.push(talk)
      keep(store, talk, text)
      return { ...talk.conversation }
    },
    async goOn({ conversationId, before, behind, ask }) {
      const talk = store.talk(conversationId)
      keep(store, talk, before + behind)
      const question = message(crypto.randomUUID(), conversationId, {
        parentId: talk.conversation.head,
        text: before,
        suffix: behind,
      })
      talk.messages.push(question)
      const gap = talk.conversation.options.suffix === true && before.includes('[nogap]')
      const adapted = [...(store.wantsChat.has(ask.model) ? ['prompt'] : []), ...(gap ? ['suffix'] : [])]
      const answer = begin(talk, question.id, ask, adapted)
      return accepted(talk, question, answer)
    },
    async goOnInChat(answerId, ask) {
      const talk = store.talkOf(answerId)
      store.wantsChat.add(ask.model)
      const old = talk.messages.find((one) => one.id === answerId)
      talk.messages = talk.messages.filter((one) => one !== old || old.text !== '')
      return accepted(talk, null, begin(talk, old?.parentId ?? null, ask, ['prompt']))
    },
    watch(answerId, onUpdate) {
      const turn = store.turns.get(answerId)
      if (!turn) {
        const talk = store.talkOf(answerId)
        const answer = talk.messages.find((one) => one.id === answerId)
        if (answer) queueMicrotask(() => onUpdate({ kind: 'ended', answer: viewOf(talk, answer) }))
        return () => {}
      }
      turn.watchers.add(onUpdate)
      queueMicrotask(() => onUpdate(letters(turn.answer.text, 0)))
      return () => turn.watchers.delete(onUpdate)
    },
    async settle(id, text) {
      const talk = store.talk(id)
      store.suggestions.delete(id)
      keep(store, talk, text)
    },
    async continuations(id, before) {
      const talk = store.talk(id)
      const questions = talk.messages.filter((one) => one.role === 'user').reverse()
      const from = questions.findIndex((one) => one.id === before) + 1
      return questions.slice(from, from + PAGE).map((question) => continuation(talk, question))
    },
    async goBack(questionId, present) {
      const talk = store.talkOf(questionId)
      const question = asked(talk, questionId)
      const texts = talk.messages.filter((one) => one.role === 'user').map((one) => one.text + one.suffix)
      if (!texts.includes(present)) {
        const kept = { parentId: talk.conversation.head, text: present }
        talk.messages.push(message(crypto.randomUUID(), talk.conversation.id, kept))
      }
      const answer = talk.messages.findLast((one) => one.parentId === questionId && one.role === 'assistant')
      if (answer) suggest(store, talk, answer.id)
      else store.suggestions.delete(talk.conversation.id)
      keep(store, talk, (question?.text ?? '') + (question?.suffix ?? ''))
      return openedText(store, talk)
    },
  }
}

/** What the window is shown of a text. */
export function openedText(store: FakeStore, talk: Talk): OpenConversation {
  const waiting = store.suggestions.get(talk.conversation.id)
  const answer = talk.messages.find((one) => one.id === waiting)
  const question = talk.messages.find((one) => one.id === answer?.parentId)
  const shown = answer && question ? [question, answer] : []
  return {
    conversation: { ...talk.conversation },
    outline: [],
    tail: shown.map((one) => viewOf(talk, one)),
    draft: talk.draft,
    edit: '',
    attachments: [],
  }
}

/** Has this version wait to be taken. */
export function suggest(store: FakeStore, talk: Talk, answerId: string): void {
  talk.conversation.head = answerId
  store.suggestions.set(talk.conversation.id, answerId)
}

/** Another version of a continuation. */
export function retryText(store: FakeStore, talk: Talk, old: Message, ask: Ask) {
  const answer = message(crypto.randomUUID(), talk.conversation.id, {
    ...ask,
    parentId: old.parentId,
    role: 'assistant',
    state: 'streaming',
  })
  talk.messages.push(answer)
  suggest(store, talk, answer.id)
  write(store, talk, answer, talk.messages.find((one) => one.id === old.parentId)?.text ?? '')
  return accepted(talk, null, answer)
}

/** A text is called by its first words until the person gives it a name. */
export function keep(store: FakeStore, talk: Talk, text: string): void {
  talk.draft = text
  const { title, titleBy } = talk.conversation
  const first = text.trim().split('\n')[0]?.slice(0, 60) ?? ''
  talk.conversation = {
    ...talk.conversation,
    title: titleBy === 'person' ? title : first,
    titleBy: titleBy === 'person' ? titleBy : 'first_words',
    snippet: text.slice(-80),
    updatedAt: Date.now(),
  }
  store.tellRow(talk)
}

function continuation(talk: Talk, question: Message): Continuation {
  const versions = talk.messages.filter((one) => one.parentId === question.id && one.role === 'assistant')
  const answer = versions.at(-1)
  return {
    question: question.id,
    createdAt: question.createdAt,
    length: question.text.length,
    behind: question.suffix.length,
    answer: answer
      ? {
          id: answer.id,
          model: answer.model,
          state: answer.state,
          words: answer.text.slice(0, 240),
          versions: versions.length,
        }
      : null,
  }
}

function letters(text: string, keep: number): TurnUpdate {
  return { kind: 'letters', keep, text: text.slice(keep), thinking: false, spoken: '' }
}

/** Writes a continuation word by word, then as many further versions as the text's options ask for. */
function write(store: FakeStore, talk: Talk, answer: Message, before: string): void {
  const has = (word: string) => before.includes(`[${word}]`)
  const wants = has('chat') && !answer.adapted.includes('prompt')
  const fail = wants ? 'wants_chat' : (/\[fail:(\w+)\]/.exec(before)?.[1] ?? '')
  const whole = has('long') ? WORDS.repeat(20) : WORDS
  const words = (has('cut') ? whole.slice(0, whole.length / 2) : whole).split(/(?<= )/)
  const watchers = new Set<(update: TurnUpdate) => void>()
  const tell = (update: TurnUpdate) => watchers.forEach((watcher) => watcher(update))
  let timer: ReturnType<typeof setTimeout>

  const end = (state: Message['state'], code = '') => {
    clearTimeout(timer)
    Object.assign(answer, {
      state,
      durationMs: 1200,
      firstMs: 300,
      finishReason: state === 'done' ? 'length' : '',
      usage: { tokensIn: 12, tokensOut: 18, tokensThought: null, tokensCached: null, cost: 0.001 },
      problem: code ? problem(code, 'simulated by the fake', { model: answer.model }) : null,
    })
    const more = state === 'done' ? (talk.conversation.options.n ?? 1) - 1 : 0
    for (let at = 0; at < more; at++)
      talk.messages.push({ ...answer, id: crypto.randomUUID(), text: `${answer.text} (${at + 2})` })
    store.turns.delete(answer.id)
    tell({ kind: 'ended', answer: viewOf(talk, answer) })
    store.tellRow(talk)
  }
  const step = () => {
    const next = fail ? undefined : words.shift()
    if (next === undefined) return fail ? end('failed', fail) : has('cut') ? end('cut', 'cut') : end('done')
    const from = answer.text.length
    answer.text += next
    tell(letters(answer.text, from))
    timer = setTimeout(step, PIECE_MS)
  }
  timer = setTimeout(step, PIECE_MS)
  store.turns.set(answer.id, {
    answer,
    watchers,
    stop: () => end('stopped'),
    decide: () => {},
    waits: () => false,
  })
}
