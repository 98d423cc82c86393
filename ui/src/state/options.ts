// Options of a request: none of them set, and how many are.
import type { Options } from '../bindings/Options'

export { NOTHING } from '../host/nothing'

/** Whether a value is one that is sent. */
export function isValue(value: Options[keyof Options]): boolean {
  return value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

/** How many options are set. */
export function countOf(options: Options): number {
  return Object.values({ ...options, unset: null }).filter(isValue).length
}
