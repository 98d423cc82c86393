// More fields as JSON: checked while it is typed, and sent only when it can be.

export type ExtraFault = { kind: 'broken'; why: string } | { kind: 'no_object' } | { kind: 'messages' }

/** What keeps extra JSON from being sent; null for nothing typed and for what is right. */
export function faultIn(typed: string): ExtraFault | null {
  if (typed.trim() === '') return null
  let value: unknown
  try {
    value = JSON.parse(typed)
  } catch (thrown) {
    return { kind: 'broken', why: thrown instanceof Error ? thrown.message : '' }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'no_object' }
  return Object.hasOwn(value, 'messages') ? { kind: 'messages' } : null
}

/** The names of the fields that it adds; none while it cannot be sent. */
export function namesIn(typed: string): string[] {
  return typed.trim() === '' || faultIn(typed) ? [] : Object.keys(JSON.parse(typed) as object)
}
