/** The middle of the numbers: one slow run on a busy machine does not move it. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Does `work` so many times, one after the other, and gives the results. */
export async function repeat(times, work) {
  const results = []
  for (let run = 0; run < times; run++) results.push(await work(run))
  return results
}
