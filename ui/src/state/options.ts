// Options of a request: none of them set, and how many are.
import type { Options } from '../bindings/Options'

/** Nothing is sent. */
export const NOTHING: Options = {
  temperature: null,
  topP: null,
  n: null,
  maxTokens: null,
  maxCompletionTokens: null,
  presencePenalty: null,
  frequencyPenalty: null,
  logitBias: null,
  seed: null,
  stop: [],
  stream: null,
  includeUsage: null,
  user: null,
  reasoningEffort: null,
  answerLength: null,
  responseFormat: null,
  tools: [],
  toolChoice: null,
  parallelToolCalls: null,
  logprobs: null,
  topLogprobs: null,
  suffix: null,
  echo: null,
  bestOf: null,
  extra: '',
  unset: [],
}

/** Whether a value is one that is sent. */
export function isValue(value: Options[keyof Options]): boolean {
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** How many options are set. */
export function countOf(options: Options): number {
  return Object.values({ ...options, unset: null }).filter(isValue).length
}
