import { expect, it } from 'vitest'
import { Kept } from './kept'

it('forgets what was not used for longest', () => {
  const kept = new Kept<string, number>(2)
  kept.set('one', 1)
  kept.set('two', 2)
  kept.get('one')
  kept.set('three', 3)
  expect([kept.has('one'), kept.has('two'), kept.has('three')], 'two was used least lately').toEqual([
    true,
    false,
    true,
  ])
})

it('counts a key once however often it is set', () => {
  const kept = new Kept<string, number>(2)
  kept.set('one', 1)
  kept.set('one', 2)
  kept.set('two', 2)
  expect([kept.size, kept.get('one')]).toEqual([2, 2])
})
