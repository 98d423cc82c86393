// What goes along with a question, in a few words: counted where that is known, "about" where it is not.
import type { Sent } from '../../../bindings/Sent'
import { m } from '../../../paraglide/messages'
import { number } from '../../../state/format'

/** "Last 14 of 220 messages, about 6,000 of 8,192 tokens". */
export function sentWords(sent: Sent, summed = 0): string {
  return m.context_sent({ messages: messageWords(sent, summed), tokens: tokenWords(sent) })
}

/** "Last 14 of 220 messages". */
export function messageWords({ messages, of }: Sent, summed = 0): string {
  if (summed > 0) return m.context_summed({ count: messages, of: number(of) })
  return messages < of
    ? m.context_last({ count: number(messages), of: number(of) })
    : m.context_all({ count: of })
}

/** "about 6,000 of 8,192 tokens". */
export function tokenWords({ tokens, window, exact }: Sent): string {
  const count = exact ? number(tokens) : m.context_about({ count: number(rounded(tokens)) })
  return window === null
    ? m.context_tokens({ count })
    : m.context_tokens_of({ count, window: number(window) })
}

/** A guess has no more than two digits that mean something. */
export function rounded(tokens: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(tokens, 1))) - 1)
  return Math.round(tokens / unit) * unit
}
