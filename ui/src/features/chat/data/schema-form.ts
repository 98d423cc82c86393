// A form of fields and the JSON Schema that says the same. Strict services want every field named as required and no other
// allowed, so a field that may be missing is one that may be null.
export const KINDS = ['text', 'number', 'yes_no', 'choice', 'list', 'object'] as const
export type FieldKind = (typeof KINDS)[number]

export interface Field {
  /** For the screen alone. */
  id: string
  name: string
  kind: FieldKind
  note: string
  required: boolean
  /** Of a choice. */
  choices: string[]
  /** Of an object. */
  fields: Field[]
}

export interface Form {
  /** The answer holds a list of records, not one. */
  many: boolean
  fields: Field[]
}

/** What was typed, by fields or as JSON, and is not used yet. */
export interface Unused {
  form: Form
  way: 'fields' | 'json'
  text: string
  strict: boolean
  name: string
  description: string
}

/** Whether the API takes this as the name of a form. */
export function isFormName(name: string): boolean {
  return /^[\w-]{1,64}$/.test(name)
}

/** What a list of records is called: services want an object outside. */
const ITEMS = 'items'
/** Objects inside objects, no deeper: what is deeper is written as JSON. */
export const DEEPEST = 3

type Json = Record<string, unknown>

export function newField(part: Partial<Field> = {}): Field {
  const blank = { name: '', kind: 'text' as const, note: '', required: true, choices: [], fields: [] }
  return { id: crypto.randomUUID(), ...blank, ...part }
}

export function schemaOf({ many, fields }: Form): string {
  const record = objectOf(fields)
  const list = { type: 'array', items: record }
  const whole = many
    ? { type: 'object', properties: { [ITEMS]: list }, required: [ITEMS], additionalProperties: false }
    : record
  return JSON.stringify(whole, null, 2)
}

/** The form that a schema was made from; null where the form could not show all of it. */
export function formOf(schema: string): Form | null {
  const whole = read(schema)
  if (!whole) return null
  const items = isJson(whole['properties']) ? whole['properties'][ITEMS] : undefined
  const many = isJson(items) && items['type'] === 'array' && isJson(items['items'])
  const record = many ? (items as { items: Json }).items : whole
  const fields = fieldsOf(record)
  if (!fields) return null
  // What the form would say must be what was said.
  return same(read(schemaOf({ many, fields })), whole) ? { many, fields } : null
}

export type Wrong = { kind: 'no_field' | 'no_name' } | { kind: 'same_name' | 'no_choice'; name: string }

/** What keeps a form from being used. */
export function wrongWith(fields: readonly Field[]): Wrong | null {
  if (fields.length === 0) return { kind: 'no_field' }
  const seen = new Set<string>()
  for (const { name: typed, kind, choices, fields: inside } of fields) {
    const name = typed.trim()
    if (name === '') return { kind: 'no_name' }
    if (seen.has(name)) return { kind: 'same_name', name }
    seen.add(name)
    if (kind === 'choice' && choices.every((choice) => choice.trim() === ''))
      return { kind: 'no_choice', name }
    const wrong = kind === 'object' ? wrongWith(inside) : null
    if (wrong) return wrong
  }
  return null
}

/** The names at the top of a schema, for a line that sums it up. */
export function namesOf(schema: string): string[] {
  const form = formOf(schema)
  if (form) return form.fields.map(({ name }) => name)
  const properties = read(schema)?.['properties']
  return isJson(properties) ? Object.keys(properties) : []
}

function objectOf(fields: readonly Field[]): Json {
  const properties: Json = {}
  for (const field of fields) properties[field.name.trim()] = valueOf(field)
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false }
}

function valueOf({ kind, note, required, choices, fields }: Field): Json {
  const type = (name: string) => ({ type: required ? name : [name, 'null'] })
  const described = note.trim() === '' ? {} : { description: note.trim() }
  const allowed = choices.map((choice) => choice.trim()).filter(Boolean)
  switch (kind) {
    case 'text':
      return { ...type('string'), ...described }
    case 'number':
      return { ...type('number'), ...described }
    case 'yes_no':
      return { ...type('boolean'), ...described }
    case 'list':
      return { ...type('array'), items: { type: 'string' }, ...described }
    case 'choice':
      return { ...type('string'), enum: required ? allowed : [...allowed, null], ...described }
    case 'object':
      return { ...objectOf(fields), ...type('object'), ...described }
  }
}

function fieldsOf(record: Json): Field[] | null {
  const properties = record['properties']
  if (record['type'] !== 'object' && !Array.isArray(record['type'])) return null
  if (!isJson(properties)) return null
  const fields = Object.entries(properties).map(([name, value]) => fieldOf(name, value))
  return fields.every((field) => field !== null) ? fields : null
}

function fieldOf(name: string, value: unknown): Field | null {
  if (!isJson(value)) return null
  const types = [value['type']].flat()
  const note = typeof value['description'] === 'string' ? value['description'] : ''
  const common = { name, note, required: !types.includes('null') }
  const allowed = value['enum']
  if (Array.isArray(allowed)) {
    const choices = allowed.filter((choice): choice is string => typeof choice === 'string')
    return newField({ ...common, kind: 'choice', choices })
  }
  if (types[0] === 'object') {
    const fields = fieldsOf(value)
    return fields && newField({ ...common, kind: 'object', fields })
  }
  const kinds: Record<string, FieldKind> = {
    string: 'text',
    number: 'number',
    boolean: 'yes_no',
    array: 'list',
  }
  const kind = kinds[String(types[0])]
  return kind ? newField({ ...common, kind }) : null
}

function read(schema: string): Json | null {
  try {
    const value: unknown = JSON.parse(schema)
    return isJson(value) ? value : null
  } catch {
    return null
  }
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Compares without regard to the order of names. */
function same(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((part, at) => same(part, other[at]))
  if (!isJson(one) || !isJson(other)) return one === other
  const names = Object.keys(one)
  return names.length === Object.keys(other).length && names.every((name) => same(one[name], other[name]))
}
