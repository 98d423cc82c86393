import { render } from '@testing-library/svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import Blocks from './Blocks.svelte'

const flood = Array.from({ length: 100 }, (_, index) => `<p>Block ${index}</p>`)
const words = (answer: Element) => [...answer.querySelectorAll('p')].map((block) => block.textContent)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an answer that comes in a flood', () => {
  it('shows its end at once, and soon everything in its order', () => {
    const { container } = render(Blocks, { blocks: flood, live: true })
    expect(words(container).at(-1), 'whoever follows reads the end').toBe('Block 99')
    expect(words(container).length, 'the middle waits').toBeLessThan(100)
    vi.runAllTimers()
    expect(words(container)).toEqual(flood.map((_, index) => `Block ${index}`))
  })

  it('keeps every element when it ends, also what still waits', async () => {
    const { container, rerender } = render(Blocks, { blocks: flood, live: true })
    const shown = [...container.querySelectorAll('p')]
    await rerender({ blocks: [...flood], live: false })
    vi.runAllTimers()
    expect(words(container), 'what waited came').toHaveLength(100)
    expect(
      shown.every((block) => container.contains(block)),
      'nothing is made anew',
    ).toBe(true)
  })

  it('shows a finished one as a whole', () => {
    const { container } = render(Blocks, { blocks: flood })
    expect(words(container)).toHaveLength(100)
  })
})
