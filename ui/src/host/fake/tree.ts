// The message tree of a fake conversation, seen as the window sees it.
import type { Accepted } from '../../bindings/Accepted'
import type { Attachment } from '../../bindings/Attachment'
import type { Message } from '../../bindings/Message'
import type { MessageView } from '../../bindings/MessageView'
import type { OpenConversation } from '../../bindings/OpenConversation'
import type { OutlineEntry } from '../../bindings/OutlineEntry'
import type { Talk } from './talk'
import { RICH } from './talks'
import { stepsOf } from './steps'

const TAIL = 40

/** Text as paragraphs; the real thing is made by the engine. */
export function paragraphs(text: string): string[] {
  const safe = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return safe
    .split(/\n{2,}/)
    .filter(Boolean)
    .map((block) => `<p>${block}</p>`)
}

export function viewOf(talk: Talk, message: Message): MessageView {
  const siblings = versionsOf(talk, message.id)
  const answer = message.role === 'assistant'
  return {
    message: { ...message },
    blocks: answer ? (RICH[message.id] ?? paragraphs(message.text)) : [],
    thoughtBlocks: paragraphs(message.thoughts),
    steps: stepsOf(message),
    attachments: (talk.files ?? []).filter((file) => file.messageId === message.id),
    version: siblings.indexOf(message) + 1,
    versions: siblings.length,
    confidence: talk.sure?.includes(message.id) ?? false,
    data: talk.data?.includes(message.id) ?? false,
  }
}

/** The branch shown, oldest first. */
export function branch(talk: Talk): Message[] {
  const line: Message[] = []
  let at = talk.messages.find((message) => message.id === talk.conversation.head)
  while (at) {
    const { parentId } = at
    if (at.deletedAt === null) line.unshift(at)
    at = talk.messages.find((message) => message.id === parentId)
  }
  return line
}

export function outline(talk: Talk): OutlineEntry[] {
  return branch(talk).map((message) => {
    const { version, versions } = viewOf(talk, message)
    const beside = columns(talk, message).map((column) => column.id)
    const entry = { id: message.id, role: message.role, length: message.text.length, version, versions }
    return beside.length > 1 ? { ...entry, beside } : entry
  })
}

/** The answers shown side by side in the place of this one; none while it stands alone. */
export function columns(talk: Talk, { parentId, beside }: Message): Message[] {
  const question = talk.messages.find((message) => message.id === parentId)
  if (!beside || !question?.beside) return []
  return alive(talk)
    .filter((message) => message.parentId === parentId && message.beside > 0)
    .toSorted((one, other) => one.beside - other.beside)
}

export function opened(talk: Talk, attachments: Attachment[] = []): OpenConversation {
  return {
    conversation: { ...talk.conversation },
    outline: outline(talk),
    tail: branch(talk)
      .slice(-TAIL)
      .flatMap((message) => (columns(talk, message).length > 1 ? columns(talk, message) : [message]))
      .map((message) => viewOf(talk, message)),
    draft: talk.draft,
    edit: talk.edit ?? '',
    attachments,
  }
}

export function accepted(
  talk: Talk,
  question: Message | null,
  answer: Message,
  beside: Message[] = [],
): Accepted {
  return {
    conversation: { ...talk.conversation },
    question: question && viewOf(talk, question),
    answer: viewOf(talk, answer),
    beside: beside.map((other) => viewOf(talk, other)),
    outline: outline(talk),
  }
}

/** The newest message below this one: where its branch ends. */
export function tipBelow(talk: Talk, id: string): string {
  const children = alive(talk).filter((message) => message.parentId === id)
  const last = children.at(-1)
  return last ? tipBelow(talk, last.id) : id
}

/** The message and its siblings, oldest first. */
export function versionsOf(talk: Talk, id: string): Message[] {
  const message = talk.messages.find((one) => one.id === id)
  return alive(talk).filter((other) => other.parentId === message?.parentId && other.role === message.role)
}

function alive(talk: Talk) {
  return talk.messages.filter((message) => message.deletedAt === null)
}
