// The words that stand in an export beside those of the conversations.
import type { ExportWords } from '../../../bindings/ExportWords'
import { m } from '../../../paraglide/messages'
import { getLocale } from '../../../paraglide/runtime'

export function exportWords(): ExportWords {
  return {
    language: getLocale(),
    you: m.chat_you(),
    answer: m.chat_answer(),
    thoughts: m.chat_thoughts_untimed(),
    instructions: m.instructions(),
    tool: m.export_word_tool(),
    untitled: m.export_word_untitled(),
    conversations: m.chat_conversations(),
    folder: m.export_word_folder(),
    madeWith: m.export_word_made_with(),
  }
}
