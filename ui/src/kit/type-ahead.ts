// Finding an entry of a list by typing its first letters.

const PAUSE_MS = 700

/** Returns a function that takes a key event and gives the index of the entry meant, if any. */
export function typeAhead() {
  let typed = ''
  let last = 0
  return (event: KeyboardEvent, labels: string[], at: number): number | undefined => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return undefined
    typed = event.timeStamp - last > PAUSE_MS ? event.key : typed + event.key
    last = event.timeStamp
    const sought = typed.toLocaleLowerCase()
    // One letter goes on to the next entry; more letters refine the entry already found.
    const from = sought.length === 1 ? at + 1 : Math.max(at, 0)
    const turned = labels.map((_, step) => (from + step) % labels.length)
    return turned.find((index) => labels[index]?.trim().toLocaleLowerCase().startsWith(sought))
  }
}
