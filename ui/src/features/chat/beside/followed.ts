// Which of several answers the conversation goes on with while nobody has chosen: as the engine does it, the first one
// shown that has words.
import type { Entry } from '../message/entry.svelte'

interface Standing {
  id: string
  known: Pick<Entry, 'view'>
}

/** `shown` is the answer that the branch leads through; behind it the way is decided already. */
export function followedOf(columns: readonly Standing[], shown: string, last: boolean): string {
  const said = (column: Standing | undefined) => Boolean(column?.known.view?.message.text)
  if (!last || said(columns.find(({ id }) => id === shown))) return shown
  return columns.find(said)?.id ?? shown
}
