// The keys that work everywhere. What a key means here is decided in one table; places listen for their own.
import { held } from '../state/platform'
import { router } from '../state/router.svelte'

export type Command =
  | 'chat'
  | 'pictures'
  | 'speech'
  | 'transcribe'
  | 'settings'
  | 'palette'
  | 'shortcuts'
  | 'new'
  | 'walk'
  | 'walk_back'

export const WITH_CONTROL: Record<string, Command> = {
  '1': 'chat',
  '2': 'pictures',
  '3': 'speech',
  '4': 'transcribe',
  '6': 'settings',
  ',': 'settings',
  k: 'palette',
  n: 'new',
  '/': 'shortcuts',
}

/** What a key press asks for, if anything. */
export function commandFor(event: KeyboardEvent): Command | undefined {
  if (event.key === 'F6') return event.shiftKey ? 'walk_back' : 'walk'
  if (!held(event) || event.altKey) return undefined
  // On many keyboards the slash needs Shift.
  if (event.shiftKey && event.key !== '/') return undefined
  return WITH_CONTROL[event.key.toLowerCase()]
}

/** Does it. */
export function run(command: Command) {
  const ways: Record<Command, () => void> = {
    chat: () => router.go('chat'),
    pictures: () => router.go('pictures'),
    speech: () => router.go('speech'),
    transcribe: () => router.go('transcribe'),
    settings: () => router.go('settings'),
    palette: () => (router.palette = true),
    shortcuts: () => (router.shortcuts = true),
    new: () => router.newConversation(),
    walk: () => walk(1),
    walk_back: () => walk(-1),
  }
  ways[command]()
}

/** Puts the focus into the next part of the window: side panel, sheet, desk. Parts carry `data-region`. */
function walk(step: 1 | -1) {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (part) => !part.closest('[inert]'),
  )
  const here = parts.findLastIndex((part) => part.contains(document.activeElement))
  const from = here < 0 && step < 0 ? 0 : here
  const next = parts[(from + step + parts.length) % parts.length]
  const first = next?.matches('[tabindex], textarea')
    ? next
    : next?.querySelector<HTMLElement>('[aria-current], button, [href], textarea, input, [tabindex]')
  first?.focus()
}
