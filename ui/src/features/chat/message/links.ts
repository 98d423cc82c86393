// Presses on what stands inside answers. Links open in the system's browser and never here; footnotes lead to
// their place in the same answer; follow-ups that a relay offers are said.
import type { Attachment } from 'svelte/attachments'
import { failureOf, host } from '../../../host'
import { toasts } from '../../../state/toasts.svelte'
import { chat } from '../chat.svelte'
import { viewed } from './viewed.svelte'

export const links: Attachment<HTMLElement> = (log) => {
  const press = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null
    const anchor = target?.closest<HTMLAnchorElement>('a[href]')
    const command = target?.closest<HTMLElement>('button.command[data-say]')
    const picture = target?.closest<HTMLElement>('button.picture[data-media]')
    if (command) void chat.say(command.dataset.say ?? '')
    else if (picture) view(picture)
    else if (anchor) open(event, anchor)
    else if (target) footnote(target)
  }
  // The middle button would open a new window.
  const other = (event: MouseEvent) => {
    const anchor = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[href]')
    if (anchor && event.button === 1) open(event, anchor)
    else if (anchor) event.preventDefault()
  }
  log.addEventListener('click', press)
  log.addEventListener('auxclick', other)
  return () => {
    log.removeEventListener('click', press)
    log.removeEventListener('auxclick', other)
  }
}

function open(event: MouseEvent, anchor: HTMLAnchorElement): void {
  event.preventDefault()
  host.openLink(anchor.href).catch((reason: unknown) => toasts.failed(failureOf(reason)))
}

function view(picture: HTMLElement): void {
  const { media = '' } = picture.dataset
  viewed.show(media, picture.querySelector('img')?.alt ?? '')
}

function footnote(target: Element): void {
  const number = target.closest<HTMLElement>('[data-footref]')?.dataset.footref
  if (!number) return
  const note = target
    .closest('.answer')
    ?.querySelector<HTMLElement>(`[data-footnote="${CSS.escape(number)}"]`)
  note?.scrollIntoView({ block: 'center' })
  note?.focus({ preventScroll: true })
}
