// What a screen reader hears of answers that are being written.
import { m } from '../../paraglide/messages'
import { toolName } from '../../state/tools.svelte'

export type Said = 'began' | 'ended' | { sentences: string } | { asks: readonly string[] }

export function saidWords(what: Said): string {
  if (what === 'began') return m.chat_said_began()
  if (what === 'ended') return m.chat_said_ended()
  if ('sentences' in what) return what.sentences
  return what.asks.map((name) => m.tool_said_asks({ tool: toolName(name) })).join(' ')
}
