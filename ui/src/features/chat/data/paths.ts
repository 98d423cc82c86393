// Where something stands in data, as people say it and as it is looked up.
import type { PathStep } from '../../../bindings/PathStep'
import { m } from '../../../paraglide/messages'
import { number } from '../../../state/format'

/** "items › 3 › price": places count from 1, as the rows of the table do. */
export function pathWords(at: readonly PathStep[]): string {
  if (at.length === 0) return m.data_whole()
  return at.map((step) => (typeof step === 'number' ? number(step + 1) : step)).join(' › ')
}

/** One text for each way, to look it up by. */
export function pathKey(at: readonly PathStep[]): string {
  return JSON.stringify(at)
}
