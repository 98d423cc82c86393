// What options are called, what they do in one line, and their values as people say them.
import type { Options } from '../../../bindings/Options'
import { m } from '../../../paraglide/messages'
import { number } from '../../../state/format'
import { toolName } from '../../../state/tools.svelte'
import { API, type Name, type NumberFault, type NumberName, RANGES } from './fields'

interface Words {
  label: () => string
  hint: () => string
}

const WORDS: Record<Name, Words> = {
  temperature: { label: m.option_temperature, hint: m.option_temperature_hint },
  topP: { label: m.option_top_p, hint: m.option_top_p_hint },
  presencePenalty: { label: m.option_presence, hint: m.option_presence_hint },
  frequencyPenalty: { label: m.option_frequency, hint: m.option_frequency_hint },
  reasoningEffort: { label: m.option_thinking, hint: m.option_thinking_hint },
  answerLength: { label: m.option_length, hint: m.option_length_hint },
  maxTokens: { label: m.option_max_tokens, hint: m.option_max_tokens_hint },
  maxCompletionTokens: { label: m.option_max_completion, hint: m.option_max_completion_hint },
  n: { label: m.option_n, hint: m.option_n_hint },
  stop: { label: m.option_stop, hint: m.option_stop_hint },
  responseFormat: { label: m.option_format, hint: m.option_format_hint },
  tools: { label: m.option_tools, hint: m.option_tools_hint },
  toolChoice: { label: m.option_tool_choice, hint: m.option_tool_choice_hint },
  parallelToolCalls: { label: m.option_parallel, hint: m.option_parallel_hint },
  logprobs: { label: m.option_logprobs, hint: m.option_logprobs_hint },
  topLogprobs: { label: m.option_top_logprobs, hint: m.option_top_logprobs_hint },
  suffix: { label: m.writing_suffix, hint: m.writing_suffix_hint },
  echo: { label: m.writing_echo, hint: m.writing_echo_hint },
  bestOf: { label: m.writing_best_of, hint: m.writing_best_of_hint },
  seed: { label: m.option_seed, hint: m.option_seed_hint },
  logitBias: { label: m.option_bias, hint: m.option_bias_hint },
  user: { label: m.option_user, hint: m.option_user_hint },
  stream: { label: m.option_stream, hint: m.option_stream_hint },
  includeUsage: { label: m.option_usage, hint: m.option_usage_hint },
  extra: { label: m.option_extra, hint: m.option_extra_hint },
}

/** The plain word. */
export function labelOf(name: Name): string {
  return WORDS[name].label()
}

/** What it does, in one line. */
export function hintOf(name: Name): string {
  return WORDS[name].hint()
}

/** The accessible name of its control: the plain word and the API's own name. */
export function controlName(name: Name): string {
  return m.option_control({ label: labelOf(name), api: API[name] })
}

/** What to call a field that a service named, known to the drawer or not. */
export function fieldWords(field: string): string {
  const name = (Object.keys(API) as Name[]).find((one) => API[one] === field)
  return name && name !== 'extra' ? m.option_and_api({ label: labelOf(name), api: field }) : field
}

/** One option with its value, short enough for a chip. */
export function chipWords(options: Options, name: Name): string {
  return m.option_with_value({ label: labelOf(name), value: valueWords(options, name) })
}

function valueWords(options: Options, name: Name): string {
  switch (name) {
    case 'stop':
      return options.stop.map(shownStop).join(' · ') || m.option_off()
    case 'tools':
      return options.tools.map(toolName).join(', ') || m.option_off()
    case 'logitBias':
      return number(Object.keys(options.logitBias ?? {}).length)
    case 'responseFormat':
      return formatWords(options.responseFormat?.kind ?? null)
    case 'reasoningEffort':
      return options.reasoningEffort === null ? m.option_default() : effortWords(options.reasoningEffort)
    case 'answerLength':
      return lengthWords(options.answerLength)
    case 'extra':
      return options.extra === '' ? m.option_off() : m.option_extra_set()
    default:
      return plainWords(options[name])
  }
}

function plainWords(value: string | number | boolean | null): string {
  if (value === null) return m.option_default()
  if (typeof value === 'boolean') return value ? m.option_yes() : m.option_no()
  return typeof value === 'number' ? number(value) : value
}

export function formatWords(kind: NonNullable<Options['responseFormat']>['kind'] | null): string {
  if (kind === null) return m.option_default()
  return {
    text: m.option_format_text,
    json_object: m.option_format_json,
    json_schema: m.option_format_schema,
  }[kind]()
}

export function lengthWords(length: Options['answerLength']): string {
  return length === null
    ? m.option_length_normal()
    : { short: m.option_length_short, long: m.option_length_long }[length]()
}

export function effortWords(effort: string): string {
  const known: Record<string, () => string> = {
    none: m.option_effort_none,
    minimal: m.option_effort_minimal,
    low: m.option_effort_low,
    medium: m.option_effort_medium,
    high: m.option_effort_high,
    xhigh: m.option_effort_xhigh,
    max: m.option_effort_max,
  }
  return known[effort]?.() ?? effort
}

/** What is wrong with a number that was typed. */
export function faultWords(fault: NumberFault, range: { min: number; max: number }): string {
  if (fault === 'no_number') return m.option_no_number()
  if (fault === 'no_whole') return m.option_no_whole()
  if (range.max === Number.MAX_SAFE_INTEGER)
    return range.min === 1 ? m.option_too_small({ min: number(1) }) : m.option_too_many_digits()
  return m.option_out_of_range({ min: number(range.min), max: number(range.max) })
}

export function rangeOf(name: NumberName) {
  return RANGES[name]
}

/** A text to stop at as it is typed and shown: a new line as \n. */
export function shownStop(stop: string): string {
  return stop.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
}

/** The text that was meant. */
export function typedStop(typed: string): string {
  const meant: Record<string, string> = { n: '\n', t: '\t', '\\': '\\' }
  return typed.replace(/\\([nt\\])/g, (_, letter: string) => meant[letter] ?? letter)
}

/** What a field was that was left out or sent otherwise, because the model refused it. */
export function adaptedWords(field: string): string {
  const known: Record<string, () => string> = {
    stream: m.option_adapted_stream,
    stream_options: m.option_adapted_usage,
    max_tokens: m.option_adapted_max_tokens,
    system: m.option_adapted_system,
    suffix: m.writing_adapted_suffix,
    prompt: m.writing_adapted_prompt,
  }
  return known[field]?.() ?? m.option_adapted_one({ field: fieldWords(field) })
}
