// Every option of a request: the API's own name and, for numbers, the range. What they are called stands in words.ts.
import type { Beginning } from '../../../bindings/Beginning'
import type { Options } from '../../../bindings/Options'
import { NOTHING } from '../../../state/options'

export { NOTHING }

/** An option; `unset` is bookkeeping, not an option. */
export type Name = Exclude<keyof Options, 'unset'>

/** A conversation that begins as usual. */
export const NO_BEGINNING: Beginning = { options: NOTHING, instructions: '', several: [] }

/** By the API's own names, in the order of the drawer. */
export const API: Record<Name, string> = {
  temperature: 'temperature',
  topP: 'top_p',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  reasoningEffort: 'reasoning_effort',
  answerLength: 'verbosity',
  maxTokens: 'max_tokens',
  maxCompletionTokens: 'max_completion_tokens',
  n: 'n',
  stop: 'stop',
  responseFormat: 'response_format',
  tools: 'tools',
  toolChoice: 'tool_choice',
  parallelToolCalls: 'parallel_tool_calls',
  logprobs: 'logprobs',
  topLogprobs: 'top_logprobs',
  suffix: 'suffix',
  echo: 'echo',
  bestOf: 'best_of',
  seed: 'seed',
  logitBias: 'logit_bias',
  user: 'user',
  stream: 'stream',
  includeUsage: 'stream_options',
  extra: 'extra JSON',
}

export const NAMES = Object.keys(API) as Name[]

/** A number that can be set. */
export type NumberName =
  | 'temperature'
  | 'topP'
  | 'presencePenalty'
  | 'frequencyPenalty'
  | 'n'
  | 'maxTokens'
  | 'maxCompletionTokens'
  | 'seed'
  | 'topLogprobs'
  | 'bestOf'

export interface Range {
  min: number
  max: number
  /** Between two positions of a slider; 1 for whole numbers. */
  step: number
  /** What services take when nothing is sent. */
  usual?: number
}

/** Whole numbers that every language here can hold exactly. */
const HUGE = Number.MAX_SAFE_INTEGER

export const RANGES: Record<NumberName, Range> = {
  temperature: { min: 0, max: 2, step: 0.1, usual: 1 },
  topP: { min: 0, max: 1, step: 0.05, usual: 1 },
  presencePenalty: { min: -2, max: 2, step: 0.1, usual: 0 },
  frequencyPenalty: { min: -2, max: 2, step: 0.1, usual: 0 },
  n: { min: 1, max: 128, step: 1 },
  maxTokens: { min: 1, max: HUGE, step: 1 },
  maxCompletionTokens: { min: 1, max: HUGE, step: 1 },
  seed: { min: -HUGE, max: HUGE, step: 1 },
  topLogprobs: { min: 0, max: 20, step: 1 },
  bestOf: { min: 1, max: 20, step: 1 },
}

/** Of other words in a text that is continued: there the API takes no more. */
export const MOST_IN_TEXTS = 5
/** Texts at which an answer may stop. */
export const MOST_STOPS = 4
/** How much likelier or less likely a token may be made. */
export const BIAS: Range = { min: -100, max: 100, step: 1 }

export type NumberFault = 'no_number' | 'no_whole' | 'too_small' | 'too_large'

/** A number as typed; null when nothing is typed, a fault when it is not one that can be sent. */
export function numberOf(typed: string, { min, max, step }: Range): number | NumberFault | null {
  const text = typed.trim().replace(',', '.')
  if (text === '') return null
  const value = Number(text)
  if (!Number.isFinite(value)) return 'no_number'
  if (step === 1 && !Number.isInteger(value)) return 'no_whole'
  if (value < min) return 'too_small'
  return value > max ? 'too_large' : value
}
