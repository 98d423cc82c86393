import { describe, expect, it } from 'vitest'
import { joined, put, without } from './rows'
import { row } from './sample'

const ids = (rows: ReturnType<typeof put>) => rows.map((each) => each.conversation.id)
const rows = [row('a', 90), row('b', 80), row('c', 70)]

describe('put', () => {
  it('moves a conversation up when something was written in it', () => {
    expect(ids(put(rows, row('c', 100), true))).toEqual(['c', 'a', 'b'])
  })

  it('keeps to the order that the person chose', () => {
    const named = (id: string, title: string) => row(id, 1, { title })
    const titled = [named('x', 'Chapter 2'), named('y', 'Chapter 10')]
    expect(ids(put(titled, named('z', 'chapter 3'), false, 'title')), 'numbers count').toEqual([
      'x',
      'z',
      'y',
    ])
    expect(ids(put([row('c', 70), row('b', 80)], row('d', 75), false, 'oldest'))).toEqual(['c', 'd', 'b'])
  })

  it('leaves what belongs behind the last page to that page', () => {
    expect(ids(put(rows, row('z', 5), true))).toEqual(['a', 'b', 'c'])
    expect(ids(put(rows, row('z', 5), false)), 'all pages are there').toEqual(['a', 'b', 'c', 'z'])
  })

  it('leaves the old list as it was', () => {
    put(rows, row('c', 100), true)
    expect(ids(rows)).toEqual(['a', 'b', 'c'])
  })
})

it('takes a row away', () => {
  expect(ids(without(rows, 'a'))).toEqual(['b', 'c'])
})

it('joins pages without showing a conversation twice', () => {
  expect(ids(joined(rows, [row('c', 70), row('d', 60)]))).toEqual(['a', 'b', 'c', 'd'])
})
