import { describe, expect, it } from 'vitest'
import { faultIn, faultWords, fieldsIn } from './extra'

const SAID = ['messages', 'prompt']

describe('extra JSON', () => {
  it.each(['', '  \n', '{}', '{"top_k": 4}', '{"a": {"messages": 1}}'])('%j can be sent', (typed) => {
    expect(faultIn(typed, SAID)).toBeNull()
    expect(faultWords(null)).toBe('')
  })

  it.each([
    ['{"top_k": 4', 'Not sent: this is not valid JSON yet.'],
    ['{top_k: 4}', 'Not sent: this is not valid JSON yet.'],
    ['[1]', 'Not sent: it has to be an object, in curly brackets.'],
    ['null', 'Not sent: it has to be an object, in curly brackets.'],
    ['7', 'Not sent: it has to be an object, in curly brackets.'],
    ['{"messages": []}', 'Not sent: “messages” cannot be replaced here.'],
    ['{"prompt": "another"}', 'Not sent: “prompt” cannot be replaced here.'],
  ])('%j is not sent, and it says why', (typed, words) => {
    expect(faultWords(faultIn(typed, SAID))).toContain(words)
    expect(fieldsIn(typed, SAID)).toEqual({})
  })

  it('gives its fields', () => {
    expect(fieldsIn('{"top_k": 4, "min_p": 0.1}', SAID)).toEqual({ top_k: 4, min_p: 0.1 })
  })
})
