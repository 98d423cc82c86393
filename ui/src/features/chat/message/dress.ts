// Gives the finished blocks of an answer what needs the person's language or a hand: "Copy code", names for what
// scrolls, and where a link leads. Written by hand into the blocks, because they come as HTML.
import { failureOf, host } from '../../../host'
import { tooltip } from '../../../kit/tooltip'
import { m } from '../../../paraglide/messages'
import { toasts } from '../../../state/toasts.svelte'
import { whither } from './whither'

/** "Copied" is said this long. */
const SAID_MS = 1500

/** Dresses what is not dressed yet in a leaf, but not its last block while it is written. Answers how to let go. */
export function dress(leaf: Element, live: boolean): (() => void)[] {
  const unfinished = live ? leaf.lastElementChild : null
  const bare = <E extends HTMLElement>(selector: string) =>
    [...leaf.querySelectorAll<E>(`${selector}:not([data-dressed])`)].filter(
      (found) => !unfinished?.contains(found),
    )
  bare('pre.code').forEach(code)
  bare('div.table').forEach(table)
  bare('button.picture[data-media]').forEach(picture)
  nameBars(leaf)
  nameOffers(leaf)
  return bare<HTMLAnchorElement>('a[href]').map(link)
}

/** Says the names of everything dressed in the person's language. */
export function rename(answer: HTMLElement): void {
  answer.querySelectorAll<HTMLElement>('pre.code[data-dressed]').forEach(nameCode)
  answer.querySelectorAll<HTMLElement>('div.table[data-dressed]').forEach(nameTable)
  answer.querySelectorAll<HTMLElement>('button.picture[data-dressed]').forEach(namePicture)
  nameBars(answer)
  nameOffers(answer)
  answer.querySelectorAll<HTMLAnchorElement>('a[data-dressed]').forEach(nameLink)
}

function code(block: HTMLElement): void {
  const words = block.querySelector('code')
  if (!words) return
  block.dataset.dressed = ''
  // The words scroll, not the block: the button stays in its corner.
  block.removeAttribute('tabindex')
  words.tabIndex = 0
  words.setAttribute('role', 'region')
  block.append(copyButton(words))
  nameCode(block)
}

function nameCode(block: HTMLElement): void {
  const language = block.dataset.language
  block
    .querySelector('code')
    ?.setAttribute('aria-label', language ? m.chat_code({ language }) : m.chat_code_plain())
  const button = block.querySelector('button')
  if (button) nameCopyButton(button)
}

function nameCopyButton(button: HTMLButtonElement): void {
  button.textContent = m.kit_copy()
  button.setAttribute('aria-label', m.chat_copy_code())
}

function picture(button: HTMLElement): void {
  button.dataset.dressed = ''
  const image = button.querySelector('img')
  if (image) image.src = host.mediaUrl(button.dataset.media ?? '', 1024)
  namePicture(button)
}

function namePicture(button: HTMLElement): void {
  button.setAttribute('aria-label', button.querySelector('img')?.alt || m.media_open())
}

/** Says what bars in a part of an answer tell. */
export function nameBars(part: Element): void {
  part.querySelectorAll('progress').forEach((bar) => bar.setAttribute('aria-label', m.media_progress()))
}

/** What a relay of Midjourney offers by a letter and a number, in words; anything else as it came. */
function nameOffers(part: Element): void {
  part.querySelectorAll<HTMLElement>('button.command').forEach((button) => {
    const came = (button.dataset.came ??= button.textContent.trim())
    button.textContent = offerWords(came)
  })
}

function offerWords(came: string): string {
  const [, letter, number] = /^([UV])([1-4])$/.exec(came) ?? []
  if (letter && number) return letter === 'U' ? m.media_take({ number }) : m.media_vary({ number })
  return came === 'REROLL' ? m.media_four_new() : came
}

function table(box: HTMLElement): void {
  box.dataset.dressed = ''
  box.setAttribute('role', 'region')
  nameTable(box)
}

function nameTable(box: HTMLElement): void {
  box.setAttribute('aria-label', m.chat_table())
}

function copyButton(words: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn--ghost btn--sm'
  let timer: ReturnType<typeof setTimeout>
  button.addEventListener('click', async () => {
    try {
      await host.copyText(words.textContent)
    } catch (reason) {
      return toasts.failed(failureOf(reason))
    }
    button.textContent = m.kit_copied()
    button.setAttribute('aria-label', m.kit_copied())
    clearTimeout(timer)
    timer = setTimeout(() => nameCopyButton(button), SAID_MS)
  })
  return button
}

function link(anchor: HTMLAnchorElement): () => void {
  anchor.dataset.dressed = ''
  nameLink(anchor)
  const { place, rest } = whither(anchor.href)
  return tooltip(() => ({ strong: place, text: rest }))(anchor) ?? (() => {})
}

function nameLink(anchor: HTMLAnchorElement): void {
  anchor.setAttribute('aria-description', m.chat_leads_to({ host: whither(anchor.href).place }))
}
