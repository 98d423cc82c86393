// Style in three words, and the temperature behind each.

export type Style = 'precise' | 'balanced' | 'creative'

/** What is sent for each; "balanced" sends nothing. */
export const TEMPERATURES: Record<Style, number | null> = { precise: 0.2, balanced: null, creative: 1.2 }

/** The word for a temperature; null for one that has none. */
export function styleOf(temperature: number | null): Style | null {
  const styles = Object.keys(TEMPERATURES) as Style[]
  return styles.find((style) => TEMPERATURES[style] === temperature) ?? null
}
