import { describe, expect, it } from 'vitest'
import { ranked } from './rank'

const goal = (label: string, section = '', also = '') => ({ id: label, label, section, also })
const labels = (goals: ReturnType<typeof goal>[], typed: string) =>
  ranked(goals, typed).map(({ label }) => label)

describe('“Go to” finds', () => {
  const goals = [goal('Settings: Models'), goal('Settings'), goal('Chat'), goal('Ask several', '', 'compare')]

  it('everything while nothing is typed', () => {
    expect(labels(goals, ' ')).toHaveLength(4)
  })

  it('the name itself before longer ones', () => {
    expect(labels(goals, 'settings')).toEqual(['Settings', 'Settings: Models'])
  })

  it('words in any order, from their beginnings or within', () => {
    expect(labels(goals, 'mod set')).toEqual(['Settings: Models'])
    expect(labels(goals, 'odel')).toEqual(['Settings: Models'])
  })

  it('what is left out between letters, from three on', () => {
    expect(labels(goals, 'setmod')).toEqual(['Settings: Models'])
    expect(labels(goals, 'cq')).toEqual([])
    expect(labels(goals, 'sl'), 'two letters with a gap would fit nearly everything').toEqual([])
  })

  it('other words for it, and letters without their accents', () => {
    expect(labels(goals, 'compare')).toEqual(['Ask several'])
    expect(labels([goal('Créme')], 'creme')).toEqual(['Créme'])
    expect(labels([goal('四川菜谱翻译')], '菜谱')).toEqual(['四川菜谱翻译'])
  })

  it('groups together, the one with the best first', () => {
    const grouped = [
      goal('A note on keys', 'talks'),
      goal('Other talk on dark', 'talks'),
      goal('Dark', 'acts'),
    ]
    expect(labels(grouped, 'dark')).toEqual(['Dark', 'Other talk on dark'])
    expect(labels(grouped, 'on')).toEqual(['A note on keys', 'Other talk on dark'])
  })
})
