// Options where nothing is chosen: then nothing is sent.
import type { Options } from '../bindings/Options'
import type { PictureOptions } from '../bindings/PictureOptions'

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

export const NO_PICTURE_OPTIONS: PictureOptions = {
  size: null,
  quality: null,
  style: null,
  background: null,
  outputFormat: null,
  outputCompression: null,
  moderation: null,
  inputFidelity: null,
  count: 1,
  extra: {},
}
