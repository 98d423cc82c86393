// Gives the finished blocks of an answer what needs the person's language or a hand: "Copy code", names for what
// scrolls, and where a link leads. Written by hand into the blocks, because they come as HTML.
import { host } from '../../../host'
import { tooltip } from '../../../kit/tooltip'
import { m } from '../../../paraglide/messages'
import { whither } from './whither'

/** "Copied" is said this long. */
const SAID_MS = 1500

/** Dresses all blocks, or all but the last one while that is still being written. Answers how to let go. */
export function dress(prose: HTMLElement, live: boolean): (() => void)[] {
  const unfinished = live ? prose.lastElementChild : null
  const finished = <E extends HTMLElement>(selector: string) =>
    [...prose.querySelectorAll<E>(selector)].filter((found) => !unfinished?.contains(found))
  finished('pre.code').forEach(code)
  finished('div.table').forEach((table) => name(table, m.chat_table()))
  return finished<HTMLAnchorElement>('a[href]:not([data-dressed])').map(link)
}

function code(block: HTMLElement): void {
  const words = block.querySelector('code')
  if (!words) return
  const language = block.dataset.language
  // The words scroll, not the block: the button stays in its corner.
  block.removeAttribute('tabindex')
  words.tabIndex = 0
  name(words, language ? m.chat_code({ language }) : m.chat_code_plain())
  const button = block.querySelector<HTMLButtonElement>('button') ?? block.appendChild(copyButton(words))
  button.textContent = m.kit_copy()
  button.setAttribute('aria-label', m.chat_copy_code())
}

function name(element: HTMLElement, words: string): void {
  element.setAttribute('role', 'region')
  element.setAttribute('aria-label', words)
}

function copyButton(words: HTMLElement): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'btn btn--ghost btn--sm'
  let timer: ReturnType<typeof setTimeout>
  button.addEventListener('click', async () => {
    await host.copyText(words.textContent)
    button.textContent = m.kit_copied()
    clearTimeout(timer)
    timer = setTimeout(() => (button.textContent = m.kit_copy()), SAID_MS)
  })
  return button
}

function link(anchor: HTMLAnchorElement): () => void {
  const { place, rest } = whither(anchor.href)
  anchor.dataset.dressed = ''
  anchor.setAttribute('aria-description', m.chat_leads_to({ host: place }))
  return tooltip(() => ({ strong: place, text: rest }))(anchor) ?? (() => {})
}
