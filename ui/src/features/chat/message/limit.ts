// Why an answer ended, where that is the limit of its length: services say it in words of their own.

const LIMITS = new Set(['length', 'max_tokens', 'model_length', 'max_output_tokens'])

/** The model would have said more. */
export function reachedLimit(finishReason: string): boolean {
  return LIMITS.has(finishReason.toLowerCase())
}
