// What Midjourney says of a picture or a prompt, taken apart. It writes lists led by numbers in boxes, and weights in
// brackets; what cannot be taken apart stays as it came.

/** A number in a box, as an emoji, or a plain one at the beginning of a line. */
const LEAD = /(?:^|\n)\s*(?:([1-9])\uFE0F?\u20E3|([1-9])[.)])\s*/g
const WEIGHTED = /(?:\*\*|~~)?([^\s*~(),][^*~(),\n]*?)(?:\*\*|~~)?\s*\((\d(?:\.\d+)?)\)/g
const MARKED = /(\*\*|~~)([^*~\n]+)\1/g
/** Where the second part of a shortened prompt begins. */
const PROMPTS = /^#*\s*(?:shortened prompts|缩短|精简|简化)/im

export interface Weight {
  word: string
  /** From 0 to 1; how much the word counts. */
  weight: number
}

/** The prompts of a list; all of it as one where it is no list. */
export function promptsOf(words: string): string[] {
  const starts = [...words.matchAll(LEAD)]
  const parts = starts.map((start, at) =>
    words.slice(start.index + start[0].length, starts[at + 1]?.index ?? words.length),
  )
  const prompts = (starts.length > 0 ? parts : [words]).map((part) => part.replace(/\s*\n\s*/g, ' ').trim())
  return prompts.filter(Boolean)
}

/** What was left of a long prompt, and how much each of its words counts. */
export function shortened(words: string): { weights: Weight[]; prompts: string[] } {
  const at = PROMPTS.exec(words)?.index ?? words.search(LEAD)
  const [before, behind] = at > 0 ? [words.slice(0, at), words.slice(at)] : ['', words]
  return { weights: weightsOf(before), prompts: promptsOf(behind.replace(/^#.*\n?/, '')) }
}

function weightsOf(text: string): Weight[] {
  const told = [...text.matchAll(WEIGHTED)].map(([, word = '', weight]) => ({
    word: word.trim(),
    weight: Math.min(1, Number(weight)),
  }))
  if (told.length > 0) return told
  // Without numbers, what is bold counts and what is struck out does not.
  return [...text.matchAll(MARKED)].map(([, mark, word = '']) => ({
    word: word.trim(),
    weight: mark === '**' ? 1 : 0,
  }))
}
