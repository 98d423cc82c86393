// The heights of many rows. A Fenwick tree keeps their sums, so that the place of a row and the row
// at a place are both found in log n steps, however long the conversation is.

export class Heights {
  readonly #height: Float64Array
  readonly #tree: Float64Array

  constructor(heights: ArrayLike<number>) {
    this.#height = Float64Array.from(heights)
    this.#tree = new Float64Array(heights.length + 1)
    for (let place = 1; place < this.#tree.length; place++) {
      this.#tree[place]! += this.#height[place - 1]!
      const parent = place + (place & -place)
      if (parent < this.#tree.length) this.#tree[parent]! += this.#tree[place]!
    }
  }

  get count(): number {
    return this.#height.length
  }

  get total(): number {
    return this.before(this.count)
  }

  of(index: number): number {
    return this.#height[index] ?? 0
  }

  /** Sets one height and answers by how much it changed. */
  set(index: number, height: number): number {
    const delta = height - this.of(index)
    if (delta === 0 || index < 0 || index >= this.count) return 0
    this.#height[index] = height
    for (let place = index + 1; place < this.#tree.length; place += place & -place)
      this.#tree[place]! += delta
    return delta
  }

  /** Where row `index` begins: the sum of all rows before it. */
  before(index: number): number {
    let sum = 0
    for (let place = Math.min(index, this.count); place > 0; place -= place & -place)
      sum += this.#tree[place]!
    return sum
  }

  /** The row that covers `offset`; the first or the last one for offsets outside. */
  at(offset: number): number {
    let row = 0
    let rest = offset
    for (let step = highestBit(this.count); step > 0; step >>= 1) {
      const next = row + step
      if (next < this.#tree.length && this.#tree[next]! <= rest) {
        row = next
        rest -= this.#tree[next]!
      }
    }
    return Math.max(0, Math.min(row, this.count - 1))
  }
}

function highestBit(count: number): number {
  return count === 0 ? 0 : 1 << (31 - Math.clz32(count))
}
