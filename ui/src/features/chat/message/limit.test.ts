import { expect, it } from 'vitest'
import { reachedLimit } from './limit'

it('knows the words of several services for a full answer', () => {
  expect(['length', 'max_tokens', 'MAX_TOKENS', 'model_length'].map(reachedLimit)).toEqual(
    Array(4).fill(true),
  )
  expect(['stop', '', 'content_filter'].map(reachedLimit), 'these ended otherwise').toEqual(
    Array(3).fill(false),
  )
})
