import { describe, expect, it } from 'vitest'
import { factsOf } from './facts'

const usage = {
  tokensIn: 71,
  tokensOut: 400,
  tokensThought: null,
  tokensCached: null,
  cost: null,
  about: false,
}

describe('factsOf', () => {
  it('counts the speed from the first word on', () => {
    expect(factsOf({ usage, firstMs: 1000, durationMs: 11_000 }).speed, '400 tokens in ten seconds').toBe(40)
  })

  it('knows nothing that the service did not say', () => {
    const facts = factsOf({ usage: null, firstMs: null, durationMs: 900 })
    expect(facts).toEqual({
      ...{
        tokensIn: null,
        tokensOut: null,
        tokensThought: null,
        tokensCached: null,
        cost: null,
        about: false,
      },
      ...{ first: null, duration: 900, speed: null },
    })
  })

  it('gives no speed to an answer that came in one piece', () => {
    expect(factsOf({ usage, firstMs: 900, durationMs: 900 }).speed).toBeNull()
  })
})
