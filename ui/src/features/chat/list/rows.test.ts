import { describe, expect, it } from 'vitest'
import { joined, put, without } from './rows'
import { row } from './sample'

const ids = (rows: ReturnType<typeof put>) => rows.map((each) => each.conversation.id)
const rows = [row('p', 10, { pinned: true }), row('a', 90), row('b', 80), row('c', 70)]

describe('put', () => {
  it('moves a conversation up when something was written in it', () => {
    expect(ids(put(rows, row('c', 100), true)), 'below the pinned one').toEqual(['p', 'c', 'a', 'b'])
  })

  it('moves a conversation to the pinned ones and back', () => {
    expect(ids(put(rows, row('b', 80, { pinned: true }), false))).toEqual(['b', 'p', 'a', 'c'])
    expect(ids(put(rows, row('p', 10), false)), 'the oldest goes last').toEqual(['a', 'b', 'c', 'p'])
  })

  it('leaves what belongs behind the last page to that page', () => {
    expect(ids(put(rows, row('z', 5), true))).toEqual(['p', 'a', 'b', 'c'])
    expect(ids(put(rows, row('z', 5), false)), 'all pages are there').toEqual(['p', 'a', 'b', 'c', 'z'])
  })

  it('takes away what went to the recycle bin', () => {
    expect(ids(put(rows, row('a', 90, { deletedAt: 99 }), true))).toEqual(['p', 'b', 'c'])
  })

  it('leaves the old list as it was', () => {
    put(rows, row('c', 100), true)
    expect(ids(rows)).toEqual(['p', 'a', 'b', 'c'])
  })
})

it('takes a row away', () => {
  expect(ids(without(rows, 'a'))).toEqual(['p', 'b', 'c'])
})

it('joins pages without showing a conversation twice', () => {
  expect(ids(joined(rows, [row('c', 70), row('d', 60)]))).toEqual(['p', 'a', 'b', 'c', 'd'])
})
