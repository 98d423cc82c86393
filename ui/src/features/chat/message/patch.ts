// Applies changes of HTML blocks as Rust sends them while an answer is written.
import type { BlockPatch } from '../../../bindings/BlockPatch'

/** Changes `blocks` in place and answers whether anything changed. Frozen blocks keep their very string. */
export function apply(blocks: string[], patch: BlockPatch): boolean {
  if (patch.blocks.length === 0 && patch.keep >= blocks.length) return false
  blocks.length = Math.min(patch.keep, blocks.length)
  for (const block of patch.blocks) blocks.push(block)
  return true
}
