// How well a goal fits what is typed into "Go to". Letters may be left out: "setmod" finds "Settings: Models".
import { fold } from '../kit/choices'
import type { Choice } from '../kit/choices'

/** The goals that fit, best first; goals of a section stay together, the section with the best one first. */
export function ranked<Some extends Choice>(goals: readonly Some[], typed: string): Some[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return [...goals]
  const fitting = goals
    .map((goal) => ({ goal, rank: rankOf(goal, words) }))
    .filter((one): one is { goal: Some; rank: number } => one.rank !== null)
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ goal }) => goal)
  const sections = [...new Set(fitting.map(({ section }) => section))]
  return sections.flatMap((section) => fitting.filter((goal) => goal.section === section))
}

/** From 0, the name itself, to letters with gaps; null where it does not fit. */
function rankOf({ label, note = '', also = '' }: Choice, words: readonly string[]): number | null {
  const name = fold(label)
  const whole = words.join(' ')
  if (name === whole) return 0
  if (name.startsWith(whole)) return 1
  if (words.every((word) => beginsWord(name, word))) return 2
  if (words.every((word) => name.includes(word))) return 3
  const text = `${name} ${fold(note)} ${fold(also)}`
  if (words.every((word) => text.includes(word))) return 4
  return inOrder(name, words.join('')) ? 5 : null
}

function beginsWord(name: string, word: string): boolean {
  return name.split(/[\s:/·-]+/).some((part) => part.startsWith(word))
}

/** Whether the letters stand in the name in this order. Two letters with gaps fit nearly everything. */
function inOrder(name: string, letters: string): boolean {
  if (letters.length < 3) return false
  let at = -1
  for (const letter of letters) {
    at = name.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}
