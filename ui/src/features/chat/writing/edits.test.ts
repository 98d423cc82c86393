import { describe, expect, it } from 'vitest'
import { editOf, kept, through, type Span } from './edits'

describe('what a key press changed', () => {
  it.each([
    ['typed at the end', 'ab', 'abc', 3, { from: 2, to: 2, text: 'c' }],
    ['typed between equal letters', 'aaa', 'aaaa', 2, { from: 1, to: 1, text: 'a' }],
    ['taken out backwards', 'abc', 'ac', 1, { from: 1, to: 2, text: '' }],
    ['taken out among equal letters', 'aaa', 'aa', 1, { from: 1, to: 2, text: '' }],
    ['a selection replaced', 'one two three', 'one 2 three', 5, { from: 4, to: 7, text: '2' }],
    ['a whole text replaced', 'abc', 'xyz', 3, { from: 0, to: 3, text: 'xyz' }],
    ['dropped elsewhere than the caret', 'ab', 'xab', 3, { from: 0, to: 0, text: 'x' }],
  ])('%s', (_, before, after, caret, edit) => {
    const found = editOf(before, after, caret)
    expect(before.slice(0, found.from) + found.text + before.slice(found.to), 'it leads there').toBe(after)
    expect(found).toEqual(edit)
  })
})

describe('the place where a model writes', () => {
  const span: Span = { from: 10, to: 20, taken: 0 }

  it.each([
    ['before it', { from: 2, to: 4, text: 'xyz' }, { from: 11, to: 21, taken: 0 }],
    ['right before it', { from: 10, to: 10, text: 'x' }, { from: 11, to: 21, taken: 0 }],
    ['right behind it', { from: 20, to: 20, text: 'x' }, span],
    ['behind it', { from: 25, to: 26, text: '' }, span],
    ['in it', { from: 14, to: 14, text: 'xy' }, { from: 16, to: 22, taken: 4 }],
    ['its last letter taken out', { from: 19, to: 20, text: '' }, { from: 19, to: 19, taken: 10 }],
    ['over its beginning', { from: 8, to: 12, text: '' }, { from: 8, to: 16, taken: 2 }],
    ['over its end', { from: 15, to: 30, text: 'x' }, { from: 16, to: 16, taken: 10 }],
    ['over all of it', { from: 0, to: 30, text: 'new' }, { from: 3, to: 3, taken: 10 }],
  ])('moves with what is written %s', (_, edit, moved) => {
    expect(through(span, edit)).toEqual(moved)
  })

  it('stays in front of what is typed before the first word came', () => {
    const empty = { from: 5, to: 5, taken: 0 }
    expect(through(empty, { from: 5, to: 5, text: 'x' })).toEqual(empty)
  })

  it('takes the caret along that stands at its end, and leaves the others where they stood', () => {
    expect([kept(20, span, 15), kept(25, span, 15), kept(3, span, 15), kept(12, span, 15)]).toEqual([
      25, 30, 3, 12,
    ])
    expect(kept(18, span, 4), 'words that went take it back').toBe(14)
  })
})
