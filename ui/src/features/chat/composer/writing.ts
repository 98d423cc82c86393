// How one writes in Medley: Enter sends, Shift+Enter breaks the line, and the box grows with the words.
import type { Attachment } from 'svelte/attachments'

/** Whether a key press sends. While an input method composes a word, Enter belongs to it. */
export function sends(event: KeyboardEvent): boolean {
  // WebKit ends a composition before the key that ended it: it then carries the code 229.
  const composing = event.isComposing || event.keyCode === 229
  return event.key === 'Enter' && !event.shiftKey && !event.altKey && !composing
}

/** Makes a text box as high as its words, up to its CSS max-height. Reads `words` so that it grows with them. */
export function grows(words: () => string): Attachment<HTMLTextAreaElement> {
  return (box) => {
    if (words() !== box.value) box.value = words()
    box.style.height = 'auto'
    box.style.height = `${box.scrollHeight}px`
  }
}
