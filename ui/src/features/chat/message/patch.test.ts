import { describe, expect, it } from 'vitest'
import { apply } from './patch'

describe('apply', () => {
  it('replaces everything from an index on', () => {
    const blocks = ['one', 'two', 'thr']
    expect(apply(blocks, { keep: 2, blocks: ['three', 'four'] })).toBe(true)
    expect(blocks).toEqual(['one', 'two', 'three', 'four'])
  })

  it('takes blocks away when fewer are left', () => {
    const blocks = ['one', 'two', 'three']
    expect(apply(blocks, { keep: 1, blocks: [] }), 'two blocks went').toBe(true)
    expect(blocks).toEqual(['one'])
  })

  it('says when nothing changed', () => {
    const blocks = ['one']
    expect(apply(blocks, { keep: 1, blocks: [] })).toBe(false)
    expect(blocks).toEqual(['one'])
  })

  it('begins from nothing', () => {
    const blocks: string[] = []
    apply(blocks, { keep: 0, blocks: ['one'] })
    expect(blocks).toEqual(['one'])
  })
})
