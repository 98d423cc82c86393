// A function's parameters as rows of a form, and as the JSON schema that models read.

export const KINDS = ['string', 'number', 'integer', 'boolean', 'array', 'object'] as const
export type Kind = (typeof KINDS)[number]

export interface Row {
  name: string
  kind: Kind
  required: boolean
  description: string
}

export function toSchema(rows: readonly Row[]): string {
  const named = rows.filter((row) => row.name.trim() !== '')
  const properties = Object.fromEntries(
    named.map(({ name, kind, description }) => [
      name.trim(),
      { type: kind, ...(description.trim() && { description: description.trim() }) },
    ]),
  )
  const required = named.filter((row) => row.required).map((row) => row.name.trim())
  return JSON.stringify({ type: 'object', properties, ...(required.length > 0 && { required }) })
}

/** The rows of a schema; null when it says more than a form can hold. */
export function fromSchema(text: string): Row[] | null {
  try {
    const schema: unknown = JSON.parse(text || '{}')
    const rows = isObject(schema) ? rowsOf(schema) : null
    return rows && same(toSchema(rows), schema) ? rows : null
  } catch {
    return null
  }
}

function rowsOf({ properties = {}, required = [] }: Record<string, unknown>): Row[] | null {
  if (!isObject(properties) || !Array.isArray(required)) return null
  const rows = Object.entries(properties).map(([name, property]): Row | null => {
    if (!isObject(property)) return null
    const { type, description = '' } = property
    const kind = KINDS.find((one) => one === type)
    if (!kind || typeof description !== 'string') return null
    return { name, kind, required: required.includes(name), description }
  })
  return rows.every((row) => row !== null) ? rows : null
}

/** Whether nothing was lost on the way; an absent list of properties is an empty one. */
function same(made: string, schema: unknown): boolean {
  return sorted(JSON.parse(made)) === sorted({ type: 'object', properties: {}, ...(schema as object) })
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'required' && Array.isArray(inner)) return inner.toSorted() as unknown[]
    return isObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted()) : inner
  })
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
