// What differs between systems: the key that shortcuts hang on, and how it is written.

export const mac = /Mac|iPhone|iPad/.test(navigator.platform)

/** Whether the key that shortcuts hang on is held. */
export function held(event: KeyboardEvent | MouseEvent): boolean {
  return mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey
}

/** "⌘K" or "Ctrl+K", for tooltips and menus. */
export function keys(key: string): string {
  return mac ? `⌘${key}` : `Ctrl+${key}`
}

/** The same for `aria-keyshortcuts`. */
export function ariaKeys(key: string): string {
  return mac ? `Meta+${key}` : `Control+${key}`
}
