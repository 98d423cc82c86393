import { describe, expect, it } from 'vitest'
import { Layout, type Measure } from './layout'

const measure: Measure = { width: 970, row: 176, gap: 6, heading: 44 }
const RATIOS = [150, 100, 67, 178, 56, 133, 75]

function outline(counts: number[]) {
  const count = counts.reduce((sum, one) => sum + one, 0)
  const ratios = Array.from({ length: count }, (_, index) => RATIOS[(index * 5) % RATIOS.length] ?? 100)
  return { days: counts.map((one, day) => ({ begins: -day * 86_400_000, count: one })), ratios }
}

describe('the gallery', () => {
  it('fills the width with every row but the last of a day', () => {
    const layout = new Layout(outline([23, 9]), measure)
    const lines = layout.between(0, layout.height)
    for (const [at, { tiles, height, day }] of lines.entries()) {
      const last = tiles?.at(-1)
      if (!tiles || !last) continue
      const isLastOfDay = lines[at + 1]?.day !== day
      expect(height).toBeLessThanOrEqual(measure.row * 1.5)
      expect(height).toBeGreaterThan(measure.row * 0.6)
      if (isLastOfDay) expect(last.left + last.width).toBeLessThanOrEqual(measure.width + 0.01)
      else expect(last.left + last.width).toBeCloseTo(measure.width, 3)
    }
  })

  it('shows every picture once, in order, under the heading of its day', () => {
    const layout = new Layout(outline([23, 9, 1]), measure)
    const lines = layout.between(0, layout.height)
    expect(lines.flatMap(({ tiles }) => tiles?.map(({ index }) => index) ?? [])).toEqual(
      Array.from({ length: 33 }, (_, index) => index),
    )
    expect(lines.filter(({ tiles }) => tiles === null).map(({ day }) => day)).toEqual([0, 1, 2])
    expect(lines[0]?.tiles).toBeNull()
    const bottom = lines.at(-1)
    expect(layout.height).toBeCloseTo((bottom?.top ?? 0) + (bottom?.height ?? 0) + measure.gap)
  })

  it('finds what is in view, and the row of a picture', () => {
    const layout = new Layout(outline([500, 500]), measure)
    const seen = layout.between(4000, 4800)
    const [first, last] = [seen[0], seen.at(-1)]
    expect(first?.top).toBeLessThanOrEqual(4000)
    expect((first?.top ?? 0) + (first?.height ?? 0) + measure.gap).toBeGreaterThan(4000)
    expect(last?.top).toBeLessThan(4800)
    for (const { line, tiles } of seen)
      for (const { index } of tiles ?? []) expect(layout.lineOf(index)).toBe(line)
    expect(layout.line(layout.lineOf(500)).tiles?.[0]?.index, 'the second day begins a row').toBe(500)
  })

  it('walks from row to row, over headings, to what stands nearest', () => {
    const layout = new Layout(outline([7, 7]), measure)
    let at = 0
    const rows = [layout.lineOf(at)]
    for (let next = layout.beside(at, 1); next !== at; next = layout.beside(at, 1)) {
      at = next
      rows.push(layout.lineOf(at))
    }
    expect(new Set(rows).size, 'no row twice').toBe(rows.length)
    expect(layout.lineOf(at)).toBe(layout.lines - 1)
    expect(layout.beside(at, 1), 'the end stays').toBe(at)
    expect(layout.ends(0)[0]).toBe(0)
  })

  it('stands shapes that nobody can lay out', () => {
    const layout = new Layout(
      { days: [{ begins: 0, count: 4 }], ratios: [4000, 1, 0, 100] },
      { ...measure, width: 300 },
    )
    const lines = layout.between(0, layout.height)
    expect(lines.flatMap(({ tiles }) => tiles ?? [])).toHaveLength(4)
    for (const { tiles } of lines)
      for (const { left, width } of tiles ?? []) expect(left + width).toBeLessThanOrEqual(300.01)
  })

  it('is empty when there is nothing', () => {
    const layout = new Layout({ days: [], ratios: [] }, measure)
    expect([layout.height, layout.between(0, 500)]).toEqual([0, []])
  })

  it('lays 200,000 pictures out at once, and looks at a part of them in no time', () => {
    const many = outline(Array.from({ length: 400 }, () => 500))
    new Layout(many, measure)
    const began = performance.now()
    const layout = new Layout(many, measure)
    const laid = performance.now() - began
    for (let step = 0; step < 1000; step++) layout.between(step * 5000, step * 5000 + 2400)
    const looked = (performance.now() - began - laid) / 1000
    expect(layout.count).toBe(200_000)
    // A few milliseconds and some hundredths of one; machines that build are slow and busy.
    expect(laid).toBeLessThan(120)
    expect(looked).toBeLessThan(1)
  })
})
