import { describe, expect, it } from 'vitest'
import { balanceWords, costWords, priceOfModel } from './prices'

const prices = (priceIn: number | null, priceOut: number | null, priceCall: number | null = null) =>
  priceOfModel({ priceIn, priceOut, priceCall })

describe('the price of a model', () => {
  it('is told as the service publishes it', () => {
    expect(prices(3, 15)).toBe('$3.00 in, $15.00 out')
    expect(prices(null, null, 0.25)).toBe('$0.25 a call')
    expect(prices(3, 15, 0.25)).toBe('$3.00 in, $15.00 out + $0.25 a call')
    expect(prices(3, null)).toBe('$3.00 in, unknown out')
  })

  it('tells free from unknown', () => {
    expect(prices(0, 0)).toBe('free')
    expect(prices(null, null, 0)).toBe('free')
    expect(prices(null, null)).toBe('')
  })
})

describe('the cost of an answer', () => {
  it('says whether it was computed', () => {
    expect(costWords({ cost: 0.0042, about: false })).toBe('$0.0042')
    expect(costWords({ cost: 0.0042, about: true })).toBe('about $0.0042')
    expect(costWords({ cost: 0, about: true })).toBe('about $0.00')
    expect(costWords({ cost: null, about: false })).toBe('')
    expect(costWords(null)).toBe('')
  })
})

describe('what is left', () => {
  it('is the sum, or why it is not known', () => {
    expect(balanceWords({ left: 18.42, currency: 'USD', at: 0 }, 'works')).toBe('$18.42')
    expect(balanceWords({ left: null, currency: 'USD', at: 0 }, 'works')).toBe('without a limit')
    expect(balanceWords(null, 'not_offered')).toBe('not offered')
    expect(balanceWords(null, 'not_checked')).toBe('not checked')
  })
})
