// What is known about how an answer came to be. What the service did not tell stays null, so that it can be said.
import type { Message } from '../../../bindings/Message'

export interface Facts {
  tokensIn: number | null
  tokensOut: number | null
  tokensThought: number | null
  tokensCached: number | null
  /** US dollars. */
  cost: number | null
  /** The cost was computed from published prices. */
  about: boolean
  /** Send to first word, milliseconds. */
  first: number | null
  /** Send to end, milliseconds. */
  duration: number | null
  /** Tokens received per second of writing. */
  speed: number | null
}

export function factsOf({
  usage,
  firstMs,
  durationMs,
}: Pick<Message, 'usage' | 'firstMs' | 'durationMs'>): Facts {
  return {
    tokensIn: usage?.tokensIn ?? null,
    tokensOut: usage?.tokensOut ?? null,
    tokensThought: usage?.tokensThought ?? null,
    tokensCached: usage?.tokensCached ?? null,
    cost: usage?.cost ?? null,
    about: usage?.about ?? false,
    first: firstMs,
    duration: durationMs,
    speed: speed(usage?.tokensOut ?? null, firstMs, durationMs),
  }
}

function speed(tokens: number | null, first: number | null, duration: number | null): number | null {
  if (tokens === null || duration === null) return null
  const writing = duration - (first ?? 0)
  // A whole answer in one piece was not written at any speed.
  return writing > 0 ? tokens / (writing / 1000) : null
}
