// An answer with tool calls as what stands where: blocks, then the calls behind them.
import type { CallView } from '../../../bindings/CallView'
import type { StepView } from '../../../bindings/StepView'

export interface Piece {
  blocks: readonly string[]
  calls: readonly CallView[]
}

/** Rounds with no word between them stand together. An answer without calls is one piece, its blocks untouched. */
export function piecesOf(blocks: readonly string[], steps: readonly StepView[]): Piece[] {
  if (steps.length === 0) return [{ blocks, calls: [] }]
  const pieces: Piece[] = []
  let from = 0
  for (const { before, calls } of steps) {
    const same = pieces.length > 0 && before === from
    const last = pieces.at(-1)
    if (same && last) pieces[pieces.length - 1] = { ...last, calls: [...last.calls, ...calls] }
    else pieces.push({ blocks: blocks.slice(from, before), calls })
    from = before
  }
  return [...pieces, { blocks: blocks.slice(from), calls: [] }]
}

/** Arguments as people can read them: JSON laid out, anything else as it came. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** The one text among the arguments, as `3*4` of `{"expression":"3*4"}`; else all of them. */
export function gist(text: string): string {
  try {
    const values: unknown[] = Object.values(JSON.parse(text) as object)
    if (values.length === 0) return ''
    if (values.length === 1 && typeof values[0] === 'string') return values[0]
  } catch {
    // It is shown as it came.
  }
  return text
}
