// Data as a tree that opens one level at a time. What is open is one flat list of lines; a level with very many parts
// comes a page at a time.
import type { DataNode } from '../../../bindings/DataNode'
import type { DataParts } from '../../../bindings/DataParts'
import type { PathStep } from '../../../bindings/PathStep'
import { PAGE } from './pages.svelte'

export interface Line {
  at: readonly PathStep[]
  node: DataNode
  depth: number
  open: boolean
  /** Its place among its siblings, from 1, and how many there are. */
  place: number
  siblings: number
  /** Stands for further siblings that are not here yet. */
  more?: boolean
}

/** A value with so many parts opens by itself. */
const FEW = 30

export class Tree {
  lines = $state.raw<readonly Line[]>([])
  readonly #load: (parts: DataParts) => Promise<readonly DataNode[]>

  constructor(root: DataNode, load: (parts: DataParts) => Promise<readonly DataNode[]>) {
    this.#load = load
    this.lines = [{ at: [], node: root, depth: 0, open: false, place: 1, siblings: 1 }]
  }

  /** Opens the whole, and its parts where there are few. */
  async begin(): Promise<void> {
    await this.open(0)
    for (let index = this.lines.length - 1; index > 0; index--) {
      if (this.lines.length > FEW) return
      const { node } = this.lines[index] ?? {}
      if (node && node.count > 0 && node.count <= FEW) await this.open(index)
    }
  }

  async open(index: number): Promise<void> {
    const line = this.lines[index]
    if (!line || line.open || line.node.count === 0 || line.more) return
    const parts = await this.#parts(line.at, line.depth + 1, 0, line.node.count)
    // The lines may have moved while the parts came.
    const place = this.lines.indexOf(line)
    if (place < 0) return
    this.lines = [
      ...this.lines.slice(0, place),
      { ...line, open: true },
      ...parts,
      ...this.lines.slice(place + 1),
    ]
  }

  close(index: number): void {
    const line = this.lines[index]
    if (!line?.open) return
    const below = this.lines.slice(index + 1).findIndex((other) => other.depth <= line.depth)
    const rest = below < 0 ? [] : this.lines.slice(index + 1 + below)
    this.lines = [...this.lines.slice(0, index), { ...line, open: false }, ...rest]
  }

  /** Brings the next page of siblings in the place of the line that stands for them. */
  async more(index: number): Promise<void> {
    const line = this.lines[index]
    if (!line?.more) return
    const parts = await this.#parts(line.at, line.depth, line.place - 1, line.siblings)
    const place = this.lines.indexOf(line)
    if (place >= 0) this.lines = [...this.lines.slice(0, place), ...parts, ...this.lines.slice(place + 1)]
  }

  /** The line that a line lies in. */
  parentOf(index: number): number {
    const depth = this.lines[index]?.depth ?? 0
    for (let above = index - 1; above >= 0; above--) {
      if ((this.lines[above]?.depth ?? 0) < depth) return above
    }
    return index
  }

  async #parts(at: readonly PathStep[], depth: number, from: number, siblings: number): Promise<Line[]> {
    const nodes = await this.#load({ at: [...at], from })
    const lines: Line[] = nodes.map((node, index) => ({
      at: node.step === null ? at : [...at, node.step],
      node,
      depth,
      open: false,
      place: from + index + 1,
      siblings,
    }))
    const next = from + nodes.length
    const last = lines.at(-1)
    if (last && nodes.length === PAGE && next < siblings)
      lines.push({ at, node: last.node, depth, open: false, place: next + 1, siblings, more: true })
    return lines
  }
}
