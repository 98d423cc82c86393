import { describe, expect, it } from 'vitest'
import type { DataNode } from '../../../bindings/DataNode'
import type { DataParts } from '../../../bindings/DataParts'
import { slice } from './slice'
import { Tree } from './tree.svelte'

const node = (step: DataNode['step'], count = 0): DataNode => ({
  step,
  kind: count > 0 ? 'list' : 'text',
  text: '',
  count,
})

/** A list of `count` values, each with two parts if `deep`. */
function loads(count: number, deep = false) {
  return async ({ at, from }: DataParts) => {
    const all = at.length === 0 ? count : 2
    const page = Math.min(200, all - from)
    return Array.from({ length: page }, (_, index) => node(from + index, at.length === 0 && deep ? 2 : 0))
  }
}

const steps = (tree: Tree) => tree.lines.map(({ at, more }) => (more ? 'more' : at.join('.')))

describe('a tree', () => {
  it('opens and closes one level at a time', async () => {
    const tree = new Tree(node(null, 2), loads(2, true))
    await tree.open(0)
    expect(steps(tree)).toEqual(['', '0', '1'])
    await tree.open(1)
    expect(steps(tree)).toEqual(['', '0', '0.0', '0.1', '1'])
    expect(tree.parentOf(3)).toBe(1)
    tree.close(1)
    expect(steps(tree)).toEqual(['', '0', '1'])
    await tree.open(1)
    tree.close(0)
    expect(steps(tree), 'with all that was open in it').toEqual([''])
  })

  it('begins open where there is little', async () => {
    const small = new Tree(node(null, 2), loads(2, true))
    await small.begin()
    expect(small.lines).toHaveLength(7)
    const large = new Tree(node(null, 150), loads(150, true))
    await large.begin()
    expect(large.lines, 'one level of what is large').toHaveLength(151)
  })

  it('brings ten thousand parts a page at a time', async () => {
    const tree = new Tree(node(null, 10_000), loads(10_000))
    await tree.open(0)
    expect(tree.lines).toHaveLength(202)
    expect(tree.lines.at(-1)).toMatchObject({ more: true, place: 201, siblings: 10_000 })
    await tree.more(201)
    expect(tree.lines).toHaveLength(402)
    expect(tree.lines[201]?.at).toEqual([200])
  })
})

describe('what is drawn of many rows', () => {
  it('is what is in view and a little more', () => {
    expect(slice(10_000, 36, { top: 0, height: 480 })).toEqual({ from: 0, to: 22 })
    expect(slice(10_000, 36, { top: 180_000, height: 480 })).toEqual({ from: 4992, to: 5022 })
    expect(slice(10_000, 36, { top: 999_999, height: 480 })).toEqual({ from: 10_000, to: 10_000 })
    expect(slice(3, 0, { top: 0, height: 0 })).toEqual({ from: 0, to: 3 })
  })
})
