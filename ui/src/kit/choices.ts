// What a combobox offers, and which of it fits the words typed so far.
import type { IconSource } from './icon'

export interface Choice {
  id: string
  label: string
  /** A second, quieter line. */
  note?: string
  /** At the right, such as a price. */
  end?: string
  icon?: IconSource
  /** Heading of the group it stands in; choices of a group follow each other. */
  section?: string
  /** More words it is found by. */
  also?: string
  /** Present where a star can be set. */
  starred?: boolean
}

/** The choices that hold every typed word, in their order; best first where the label begins with the words. */
export function choicesFor<Some extends Choice>(choices: Some[], typed: string): Some[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return choices
  const whole = words.join(' ')
  const fitting = choices.filter((choice) => {
    const text = fold(`${choice.label} ${choice.note ?? ''} ${choice.also ?? ''} ${choice.id}`)
    return words.every((word) => text.includes(word))
  })
  const begins = (choice: Some) => (fold(choice.label).startsWith(whole) ? 0 : 1)
  // Groups stay together, so only choices without a group are put in another order.
  return fitting.some((choice) => choice.section)
    ? fitting
    : fitting.toSorted((one, other) => begins(one) - begins(other))
}

/** Letters as they are compared: without accents, case and width. */
export function fold(text: string) {
  return text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase()
}
