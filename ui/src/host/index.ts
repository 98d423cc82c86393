// Picks the host: the app's, or the fake one where there is no app around the window (development and tests).
import type { Host } from './host'
import { tauriHost } from './tauri'

export type { Host }
export { WHOLE_LIST } from './lists'
export { Failure, failureOf, problem } from './failure'
export { explain, isCode, type Explained, type Remedy } from './errors'

export const host: Host = await choose()

async function choose(): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return tauriHost
  if (import.meta.env.MODE === 'production') throw new Error('This page works inside Medley only.')
  return (await import('./browser')).browserHost
}
