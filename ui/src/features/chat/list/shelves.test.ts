import { describe, expect, it } from 'vitest'
import { row } from './sample'
import { dealt, longer, place, stackOf, taken } from './shelves'

const ids = (stacks: ReturnType<typeof dealt>, key: string) =>
  stackOf(stacks, key).rows.map((one) => one.conversation.id)
const rows = [
  row('p', 10, { pinned: true }),
  row('a', 90),
  row('m', 85, { folderId: 'museum' }),
  row('b', 80),
]

describe('shelves', () => {
  it('are the beginnings of what was read in one go', () => {
    const stacks = dealt(rows)
    expect(ids(stacks, 'pinned')).toEqual(['p'])
    expect(stackOf(stacks, 'pinned').more, 'pinned ones come first').toBe(false)
    expect(ids(stacks, 'museum')).toEqual(['m'])
    expect(ids(stacks, 'loose')).toEqual(['a', 'b'])
    expect(stackOf(stacks, 'loose').more).toBe(true)
  })

  it('give a conversation from one to the other', () => {
    const stacks = place(dealt(rows), row('a', 90, { folderId: 'museum' }), 'newest')
    expect(ids(stacks, 'museum')).toEqual(['a', 'm'])
    expect(ids(stacks, 'loose')).toEqual(['b'])
  })

  it('let go of what is archived, deleted or gone', () => {
    const old = dealt(rows)
    expect(ids(place(old, row('a', 90, { archivedAt: 9 }), 'newest'), 'loose')).toEqual(['b'])
    expect(ids(place(old, row('a', 90, { deletedAt: 9 }), 'newest'), 'loose')).toEqual(['b'])
    expect(ids(taken(old, 'm'), 'museum')).toEqual([])
    expect(ids(old, 'loose'), 'the old ones stay as they were').toEqual(['a', 'b'])
  })

  it('are whole when a page is empty', () => {
    const stacks = longer(longer(dealt(rows), 'loose', [row('c', 70)]), 'loose', [])
    expect(ids(stacks, 'loose')).toEqual(['a', 'b', 'c'])
    expect(stackOf(stacks, 'loose').more).toBe(false)
  })
})
