import { describe, expect, it } from 'vitest'
import { sends } from './writing'

const key = (part: Partial<KeyboardEvent>) => ({ key: 'Enter', ...part }) as KeyboardEvent

describe('sends', () => {
  it('sends with Enter, alone or with Control', () => {
    expect([sends(key({})), sends(key({ ctrlKey: true }))]).toEqual([true, true])
  })

  it('breaks the line with Shift', () => {
    expect(sends(key({ shiftKey: true }))).toBe(false)
  })

  it('leaves Enter to an input method, also to the key that ends a word in WebKit', () => {
    expect([sends(key({ isComposing: true })), sends(key({ keyCode: 229 }))]).toEqual([false, false])
  })

  it('does not send with other keys', () => {
    expect(sends(key({ key: 'a' }))).toBe(false)
  })
})
