import { beforeEach, describe, expect, it } from 'vitest'
import { overwriteGetLocale } from '../paraglide/runtime'
import { ago, bytes, daysAgo, money, number, seconds, shortTime } from './format'

const NOW = new Date(2026, 10, 20, 14, 0).getTime()
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

describe('in English', () => {
  beforeEach(() => overwriteGetLocale(() => 'en'))

  it.each([
    [number(1234), '1,234'],
    [money(18.42, 'USD'), '$18.42'],
    [money(0.0042, 'USD'), '$0.0042'],
    [money(5, ''), '5.00'],
    [bytes(11_600_000), '11.6 MB'],
    [bytes(0), '0 bytes'],
    [seconds(0), 'under 0.1 s'],
    [seconds(1400), '1.4 s'],
    [seconds(9960), '10 s'],
    [seconds(12_400), '12 s'],
    [seconds(59_700), '1 min 0 s'],
    [seconds(125_000), '2 min 5 s'],
  ])('%s', (said, meant) => {
    expect(said).toBe(meant)
  })

  it('counts days by the calendar, not by hours', () => {
    expect(daysAgo(new Date(2026, 10, 19, 23, 59).getTime(), NOW)).toBe(1)
    expect(daysAgo(new Date(2026, 10, 20, 0, 1).getTime(), NOW)).toBe(0)
  })

  it('says times as short as a row needs', () => {
    expect(shortTime(NOW - MINUTE, NOW)).toMatch(/1:59/)
    expect(shortTime(NOW - 2 * DAY, NOW)).toBe('Wed')
    expect(shortTime(NOW - 20 * DAY, NOW)).toMatch(/Oct/)
    expect(shortTime(NOW - 400 * DAY, NOW)).toMatch(/2025/)
  })

  it('says how long ago', () => {
    expect(ago(NOW - 1000, NOW)).toBe('just now')
    expect(ago(NOW - 4 * MINUTE, NOW)).toBe('4 minutes ago')
    expect(ago(NOW - DAY, NOW)).toBe('yesterday')
  })
})

it('follows the language', () => {
  overwriteGetLocale(() => 'zh-CN')
  expect(ago(NOW - 4 * MINUTE, NOW)).toBe('4分钟前')
})
