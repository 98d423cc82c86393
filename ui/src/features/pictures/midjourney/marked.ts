// A word that a service does not allow is marked where it stands, so that typing takes its place.

/** From where to where the word stands; the end of the prompt where it does not. */
export function markedIn(prompt: string, word: string): [number, number] {
  const at = word === '' ? -1 : prompt.toLowerCase().indexOf(word.toLowerCase())
  return at < 0 ? [prompt.length, prompt.length] : [at, at + word.length]
}
