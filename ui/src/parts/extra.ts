// More fields as JSON: checked while it is typed, and sent only when it can be.
import { m } from '../paraglide/messages'

export type ExtraFault =
  { kind: 'broken'; why: string } | { kind: 'no_object' } | { kind: 'said'; name: string }

/** What a question says in fields of its own, in a chat and in a text. */
export const SAID_IN_CHATS: readonly string[] = ['messages', 'prompt']

/** What keeps extra JSON from being sent; null for nothing typed and for what is right. `said` cannot be replaced. */
export function faultIn(typed: string, said: readonly string[]): ExtraFault | null {
  if (typed.trim() === '') return null
  let value: unknown
  try {
    value = JSON.parse(typed)
  } catch (thrown) {
    return { kind: 'broken', why: thrown instanceof Error ? thrown.message : '' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'no_object' }
  const name = said.find((one) => Object.hasOwn(value, one))
  return name === undefined ? null : { kind: 'said', name }
}

/** What is wrong with it, in words; "" for nothing. */
export function faultWords(fault: ExtraFault | null): string {
  if (fault === null) return ''
  if (fault.kind === 'broken') return m.option_extra_broken({ why: fault.why })
  return fault.kind === 'no_object' ? m.option_extra_no_object() : m.option_extra_said({ name: fault.name })
}

/** The fields that it adds; none while it cannot be sent. */
export function fieldsIn(typed: string, said: readonly string[]): Record<string, unknown> {
  return typed.trim() === '' || faultIn(typed, said) ? {} : (JSON.parse(typed) as Record<string, unknown>)
}
