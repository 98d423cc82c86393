// When answers are drawn while they are written: all of them in the same frame, and never more than half of the time.
// Where a frame takes long, what a person types meanwhile comes in between.

/** A frame that took less leaves room enough by itself, milliseconds. */
const QUICK_MS = 12
/** So long an answer waits at most for its next frame, milliseconds. */
const MOST_MS = 120

const waiting = new Set<() => void>()
let asked = false
/** Nothing is drawn before, by the page's clock. */
let free = 0

/** Does `work` in a frame that has room for it; answers how to give it up. */
export function paced(work: () => void): () => void {
  waiting.add(work)
  ask()
  return () => void waiting.delete(work)
}

function ask(): void {
  if (asked || waiting.size === 0) return
  asked = true
  const rest = free - performance.now()
  if (rest > 0) setTimeout(() => requestAnimationFrame(draw), rest)
  else requestAnimationFrame(draw)
}

function draw(): void {
  asked = false
  const began = performance.now()
  // The frame before this one took longer than was known when this one was asked for.
  if (began < free) return ask()
  const all = [...waiting]
  waiting.clear()
  for (const work of all) work()
  // The next task comes when the frame is on the screen.
  setTimeout(() => {
    const took = performance.now() - began
    if (took > QUICK_MS) free = performance.now() + Math.min(took, MOST_MS)
  })
}
