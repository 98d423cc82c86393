// Which answers show how sure the model was, as long as the window is open.
import { SvelteSet } from 'svelte/reactivity'

const shown = new SvelteSet<string>()

export function isShown(id: string): boolean {
  return shown.has(id)
}

export function toggle(id: string): void {
  if (!shown.delete(id)) shown.add(id)
}
