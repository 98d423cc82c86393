// Conversations for tests.
import type { Conversation } from '../../../bindings/Conversation'
import type { ConversationRow } from '../../../bindings/ConversationRow'

export function row(id: string, updatedAt: number, changes: Partial<Conversation> = {}): ConversationRow {
  return {
    conversation: {
      id,
      title: `Title of ${id}`,
      titleBy: 'first_words',
      pinned: false,
      head: null,
      snippet: '',
      serviceId: null,
      model: '',
      createdAt: updatedAt,
      updatedAt,
      deletedAt: null,
      ...changes,
    },
    writing: false,
    draft: '',
  }
}
