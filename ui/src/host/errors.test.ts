import { describe, expect, it } from 'vitest'
import codes from '../bindings/Code.ts?raw'
import { locales, overwriteGetLocale } from '../paraglide/runtime'
import { explain, isCode } from './errors'
import { failureOf, problem } from './failure'

const CODES = [...codes.matchAll(/"(\w+)"/g)].map((match) => match[1] ?? '')

describe.each(locales)('every problem in %s', (locale) => {
  it.each(CODES)('%s is one sentence and one action', (code) => {
    overwriteGetLocale(() => locale)
    expect(isCode(code), 'the engine may send this code').toBe(true)
    const { words, remedy } = explain(problem(code, '', { field: 'top_k' }))
    expect(words, 'a sentence ends like one').toMatch(/[.。]$/)
    expect(words, 'people read no codes').not.toMatch(/_[a-z]+_|\{|undefined|null/)
    expect(words.charAt(0), 'a sentence begins like one').toBe(words.charAt(0).toLocaleUpperCase())
    expect(remedy).toBeTruthy()
  })
})

describe('a problem', () => {
  it('names the service that it is about', () => {
    overwriteGetLocale(() => 'en')
    const { words } = explain(problem('key_rejected', '', { service: 'ModelBox' }))
    expect(words).toBe('ModelBox does not know this key.')
  })

  it('leaves a name as its owner writes it', () => {
    overwriteGetLocale(() => 'en')
    expect(explain(problem('upstream_slow', '', { model: 'gpt-4o' })).words).toBe('gpt-4o took too long.')
  })

  it('of a newer Medley still has words', () => {
    overwriteGetLocale(() => 'en')
    expect(explain(problem('from_the_future')).words).toBe('Something went wrong inside Medley.')
  })

  it('shows what was said and known, and nothing that was not', () => {
    const { details } = explain(problem('rate_limited', 'Slow down', { status: 429 }))
    expect(details.split('\n')).toEqual(['Slow down', 'code: rate_limited', 'status: 429'])
  })
})

describe('whatever is thrown becomes a failure', () => {
  it('keeps the code of a problem', () => {
    expect(failureOf({ code: 'cut', message: '', facts: {} }).problem.code).toBe('cut')
  })

  it('calls anything else a fault of Medley', () => {
    const { problem: found } = failureOf(new TypeError('x is not a function'))
    expect([found.code, found.message]).toEqual(['internal', 'x is not a function'])
  })
})
