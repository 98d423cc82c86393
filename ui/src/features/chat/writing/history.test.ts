import { expect, it } from 'vitest'
import { History } from './history'

const at = (text: string) => ({ text, selection: { start: text.length, end: text.length } })

it('goes back and forth without losing a word', () => {
  const history = new History()
  history.mark(at(''), '', 0)
  history.mark(at('one'), '', 10)
  expect(history.undo(at('one two'))).toEqual(at('one'))
  expect(history.undo(at('one'))).toEqual(at(''))
  expect(history.undo(at('')), 'there is nothing before').toBeUndefined()
  expect(history.redo(at(''))).toEqual(at('one'))
  expect(history.redo(at('one'))).toEqual(at('one two'))
  expect(history.canRedo).toBe(false)
})

it('takes what is typed without a pause as one step', () => {
  const history = new History()
  history.mark(at(''), 'insertText', 0)
  history.mark(at('o'), 'insertText', 100)
  history.mark(at('on'), 'insertText', 200)
  history.mark(at('one'), 'insertText', 2000)
  expect(history.undo(at('one!'))).toEqual(at('one'))
  expect(history.undo(at('one'))).toEqual(at(''))
})

it('forgets what was taken back once something else is written', () => {
  const history = new History()
  history.mark(at('a'))
  history.undo(at('ab'))
  history.mark(at('a'))
  expect(history.redo(at('ac'))).toBeUndefined()
})

it('lets the oldest steps of a very long text go', () => {
  const history = new History()
  const long = 'x'.repeat(9_000_000)
  for (const step of [1, 2, 3, 4]) history.mark(at(`${step}${long}`), '', step)
  expect(history.undo(at('now'))?.text[0]).toBe('4')
  expect(history.undo(at('now'))?.text[0]).toBe('3')
  expect(history.undo(at('now'))).toBeUndefined()
})
