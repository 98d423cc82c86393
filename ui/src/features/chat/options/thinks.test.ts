import { describe, expect, it } from 'vitest'
import { styleOf } from './style'
import { thinks } from './thinks'

describe('a model thinks', () => {
  it.each([
    'o1',
    'o3-mini',
    'openai/o4-mini',
    'gpt-5',
    'gpt-5.1-mini',
    'openai/gpt-oss-120b',
    'deepseek-reasoner',
    'deepseek/deepseek-r1:free',
    'Qwen/QwQ-32B',
    'Qwen/Qwen3-8B',
    'claude-opus-4.1',
    'anthropic/claude-3.7-sonnet',
    'google/gemini-2.5-pro',
    'trinity-large-thinking',
    'x-ai/grok-4',
    'demo-thinker',
  ])('by its name: %s', (model) => {
    expect(thinks(model)).toBe(true)
  })

  it.each([
    'gpt-4o',
    'gpt-4o-mini',
    'gpt-5-chat-latest',
    'claude-3.5-sonnet',
    'qwen3-4b-instruct-q4_k_m.gguf',
    'gemini-pro',
    'llama-3.1-70b',
    'mistral-nemo',
    'proto1',
    'grok-4-fast-non-reasoning',
    '',
  ])('not: %s', (model) => {
    expect(thinks(model)).toBe(false)
  })

  it('when it was seen to', () => {
    expect(thinks('my-own', { thinks: true, refusedFields: [] })).toBe(true)
  })

  it('to no avail, when it takes no word about it', () => {
    expect(thinks('gpt-5', { thinks: true, refusedFields: ['reasoning_effort'] })).toBe(false)
  })
})

describe('a style', () => {
  it.each([
    [0.2, 'precise'],
    [null, 'balanced'],
    [1.2, 'creative'],
    [0.7, null],
    [0, null],
  ])('for %s', (temperature, style) => {
    expect(styleOf(temperature)).toBe(style)
  })
})
