// Whether it makes sense to say how long a model may think: by what was learnt of it, else by its name.
import type { Learnt } from '../../../bindings/Learnt'

/** Names, or parts of them between separators, of models that think before they answer. */
const THINKERS =
  /(^|[/:_\s-])(o[134](-|$)|gpt-5|gpt-oss|deepseek-(r\d|reasoner|v3\.[1-9])|r1(-|:|$)|qwq|qwen3|magistral|grok-(3-mini|4)|gemini-(2\.5|3)|claude-(3[.-]7|opus-4|sonnet-4|haiku-4)|glm-(4\.[5-9]|z1)|kimi-k2-thinking|minimax-m[1-9]|seed-oss)/i
const SAYS_SO = /thinking|reason(er|ing)|thinker/i
/** Named like a thinker, and answers at once. */
const ANSWERS_AT_ONCE = /non-?(thinking|reasoning)|gpt-5-chat|qwen3.*-instruct/i

export function thinks(model: string, learnt?: Pick<Learnt, 'thinks' | 'refusedFields'>): boolean {
  if (learnt?.refusedFields.includes('reasoning_effort')) return false
  if (learnt?.thinks) return true
  if (ANSWERS_AT_ONCE.test(model)) return false
  return THINKERS.test(model) || SAYS_SO.test(model)
}

/** What `reasoning_effort` may be, from none to most. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const
/** Those that are offered on the desk. */
export const USUAL_EFFORTS = ['low', 'medium', 'high'] as const
