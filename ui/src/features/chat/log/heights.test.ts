import { describe, expect, it } from 'vitest'
import { Heights } from './heights'

/** A small seeded generator, so that a failure can be seen again. */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('Heights', () => {
  it('agrees with plain sums after many changes', () => {
    const next = numbers(7)
    const plain = Array.from({ length: 777 }, () => Math.floor(next() * 400) + 1)
    const heights = new Heights(plain)
    for (let turn = 0; turn < 2000; turn++) {
      const index = Math.floor(next() * plain.length)
      const height = Math.floor(next() * 400) + 1
      expect(heights.set(index, height), 'a change answers its difference').toBe(height - plain[index]!)
      plain[index] = height
      const end = Math.floor(next() * (plain.length + 1))
      expect(heights.before(end), 'the place of a row is the sum before it').toBe(sum(plain, end))
    }
    expect(heights.total).toBe(sum(plain, plain.length))
  })

  it('finds the row that covers an offset', () => {
    const heights = new Heights([10, 20, 30])
    expect(
      [0, 9, 10, 29, 30, 59].map((offset) => heights.at(offset)),
      'edges belong to the row that begins there',
    ).toEqual([0, 0, 1, 1, 2, 2])
    expect(heights.at(-5), 'above the first row').toBe(0)
    expect(heights.at(1000), 'below the last row').toBe(2)
  })

  it('finds back every row from its own place', () => {
    const next = numbers(3)
    const heights = new Heights(Array.from({ length: 1000 }, () => next() * 300 + 1))
    for (let index = 0; index < heights.count; index++) {
      expect(heights.at(heights.before(index) + 0.5), `row ${index}`).toBe(index)
    }
  })

  it('stands an empty conversation and rows that do not exist', () => {
    const none = new Heights([])
    expect([none.total, none.at(10), none.before(3), none.set(0, 5)], 'nothing is there').toEqual([
      0, 0, 0, 0,
    ])
    const one = new Heights([12])
    expect([one.set(4, 9), one.set(-1, 9), one.total], 'a row outside changes nothing').toEqual([0, 0, 12])
  })
})

function sum(values: number[], end: number): number {
  return values.slice(0, end).reduce((all, value) => all + value, 0)
}
