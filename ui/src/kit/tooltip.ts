// One tooltip for the whole window, shown on hover and keyboard focus. It lies in the top layer, so it is seen
// over dialogs too. It repeats or adds to a name; it never holds the only words for something.
import type { Attachment } from 'svelte/attachments'
import { place, type Spot } from './place'

export interface Tip {
  text: string
  /** Set apart in front of the text, as the host of a link. */
  strong?: string
  /** A shortcut, as people read it. */
  keys?: string | undefined
}

const DELAY_MS = 450
let shared: HTMLElement | undefined
let owner: HTMLElement | undefined
let timer: ReturnType<typeof setTimeout> | undefined

/** Shows `tip()` beside the element; `null` shows nothing. */
export function tooltip(
  tip: () => Tip | null,
  spot: Spot = { side: 'below', align: 'centre' },
): Attachment<HTMLElement> {
  return (element) => {
    const show = () => open(element, tip(), spot)
    const soon = () => {
      clearTimeout(timer)
      timer = setTimeout(show, DELAY_MS)
    }
    const focus = () => {
      if (element.matches(':focus-visible')) show()
    }
    const hide = () => close(element)
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    const ways = { pointerenter: soon, pointerleave: hide, pointerdown: hide, focus, blur: hide }
    for (const [name, run] of Object.entries(ways)) element.addEventListener(name, run)
    element.addEventListener('keydown', escape)
    return () => {
      hide()
      for (const [name, run] of Object.entries(ways)) element.removeEventListener(name, run)
      element.removeEventListener('keydown', escape)
    }
  }
}

function open(element: HTMLElement, tip: Tip | null, spot: Spot) {
  if (!tip || !element.isConnected) return
  shared ??= make()
  owner = element
  shared.replaceChildren(...parts(tip))
  document.body.append(shared)
  shared.showPopover?.()
  place(shared, element, spot)
}

function close(element: HTMLElement) {
  clearTimeout(timer)
  if (owner !== element) return
  shared?.remove()
  owner = undefined
}

function make() {
  const box = document.createElement('div')
  box.className = 'tip'
  box.popover = 'manual'
  box.setAttribute('role', 'tooltip')
  return box
}

function parts({ text, strong, keys }: Tip) {
  return [
    strong && part('strong', strong),
    text && part('span', text),
    keys && part('span', keys, 'kbd'),
  ].filter((piece) => piece instanceof HTMLElement)
}

function part(tag: string, text: string, look = '') {
  const piece = document.createElement(tag)
  piece.textContent = text
  piece.className = look
  return piece
}
