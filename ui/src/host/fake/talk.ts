// What the fake's conversations are made of.
import type { Attachment } from '../../bindings/Attachment'
import type { Conversation } from '../../bindings/Conversation'
import type { Message } from '../../bindings/Message'
import { NOTHING } from '../nothing'

export interface Talk {
  conversation: Conversation
  /** The whole tree, parents before children. */
  messages: Message[]
  draft: string
  /** The question being edited, as the window wrote it down. */
  edit?: string
  /** The files of its questions. */
  files?: Attachment[]
  /** Answers of which it is known how sure the model was. */
  sure?: string[]
  /** Answers that were asked for as data. */
  data?: string[]
}

const HOUR = 3_600_000

export function conversation(
  id: string,
  title: string,
  hoursAgo: number,
  part: Partial<Conversation> = {},
): Conversation {
  const at = Date.now() - hoursAgo * HOUR
  return {
    id,
    kind: 'chat',
    title,
    titleBy: 'first_words',
    pinned: false,
    head: null,
    snippet: '',
    serviceId: 'modelbox',
    model: 'anthropic/claude-sonnet-4.5',
    several: [],
    instructions: '',
    options: NOTHING,
    summary: null,
    folderId: null,
    archivedAt: null,
    createdAt: at,
    updatedAt: at,
    deletedAt: null,
    ...part,
  }
}

export function message(id: string, conversationId: string, part: Partial<Message>): Message {
  return {
    id,
    conversationId,
    parentId: null,
    role: 'user',
    state: 'done',
    text: '',
    thoughts: '',
    thoughtMs: null,
    suffix: '',
    steps: [],
    citations: [],
    adapted: [],
    sent: null,
    beside: 0,
    serviceId: null,
    model: '',
    answeredBy: '',
    knownAs: '',
    finishReason: '',
    problem: null,
    usage: null,
    firstMs: null,
    durationMs: null,
    createdAt: Date.now(),
    deletedAt: null,
    ...part,
  }
}
