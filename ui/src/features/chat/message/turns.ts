// Spreads work over short tasks, the newest wish first, so that the window answers in between. Whoever reads the end
// of a long answer sees it at once, and what lies above it comes piece by piece. Tasks instead of frames: a frame
// may take the screen far longer than the work in it.

/** Milliseconds after which a task lets others have their turn. */
const ROOM_MS = 6

const waiting = new Set<() => void>()
let task: ReturnType<typeof setTimeout> | undefined

/** Does `work` in a task that has room for it; answers how to give the turn up. */
export function turn(work: () => void): () => void {
  waiting.add(work)
  task ??= setTimeout(run)
  return () => void waiting.delete(work)
}

function run(): void {
  const began = performance.now()
  const newestFirst = [...waiting].reverse()
  for (const work of newestFirst) {
    // One of them may have given up the turn of another.
    if (waiting.delete(work)) work()
    if (performance.now() - began >= ROOM_MS) break
  }
  task = waiting.size > 0 ? setTimeout(run) : undefined
}
