// Conversations for tests.
import type { Conversation } from '../../../bindings/Conversation'
import type { ConversationRow } from '../../../bindings/ConversationRow'
import { conversation } from '../../../host/fake/talk'

export function row(id: string, updatedAt: number, changes: Partial<Conversation> = {}): ConversationRow {
  const plain = { serviceId: null, model: '', createdAt: updatedAt, updatedAt }
  return {
    conversation: conversation(id, `Title of ${id}`, 0, { ...plain, ...changes }),
    writing: false,
    waiting: false,
    draft: '',
  }
}
