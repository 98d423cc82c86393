import { describe, expect, it } from 'vitest'
import { formOf, namesOf, newField, schemaOf, wrongWith, type Field } from './schema-form'

interface ListSchema {
  required: string[]
  properties: { items: { items: RecordSchema } }
}
interface RecordSchema {
  required: string[]
  additionalProperties: boolean
  properties: Record<string, { enum?: unknown[]; additionalProperties?: boolean }>
}

const bare = (fields: readonly Field[]): unknown =>
  fields.map((field) => ({ ...field, id: '', fields: bare(field.fields) }))

const FIELDS = [
  newField({ name: 'name' }),
  newField({ name: 'price', kind: 'number', note: 'in euros', required: false }),
  newField({ name: 'sold', kind: 'yes_no' }),
  newField({ name: 'tags', kind: 'list' }),
  newField({ name: 'colour', kind: 'choice', choices: ['red', 'blue'], required: false }),
  newField({ name: 'maker', kind: 'object', fields: [newField({ name: 'town' })] }),
]

describe('a form', () => {
  it('becomes a schema that strict services take', () => {
    const schema = JSON.parse(schemaOf({ many: true, fields: FIELDS })) as ListSchema
    const record = schema.properties.items.items
    expect(schema.required).toEqual(['items'])
    expect(record.required, 'every field is named').toEqual(Object.keys(record.properties))
    expect(record.additionalProperties).toBe(false)
    expect(record.properties['price'], 'what may be missing may be null').toEqual({
      type: ['number', 'null'],
      description: 'in euros',
    })
    expect(record.properties['colour']?.enum).toEqual(['red', 'blue', null])
    expect(record.properties['maker']?.additionalProperties, 'inside too').toBe(false)
  })

  it('is found again in its schema, one record or many', () => {
    for (const many of [true, false]) {
      const form = formOf(schemaOf({ many, fields: FIELDS }))
      expect(form?.many).toBe(many)
      expect(bare(form!.fields)).toEqual(bare(FIELDS))
    }
  })

  it('is not made of a schema that says more', () => {
    for (const schema of [
      '{"type":"object","properties":{"a":{"type":"string","minLength":2}},"required":["a"],"additionalProperties":false}',
      '{"type":"object","properties":{"a":{"type":"string"}}}',
      '{"$ref":"#/$defs/a","$defs":{"a":{}}}',
      '[]',
      'no schema',
    ])
      expect(formOf(schema), schema).toBeNull()
  })

  it('is summed up by its names', () => {
    expect(namesOf(schemaOf({ many: true, fields: FIELDS }))).toEqual(FIELDS.map(({ name }) => name))
    expect(namesOf('{"properties":{"a":{"minimum":1}}}')).toEqual(['a'])
    expect(namesOf('{')).toEqual([])
  })
})

describe('what is wrong with a form', () => {
  it('is said before it is sent', () => {
    expect(wrongWith(FIELDS)).toBeNull()
    expect(wrongWith([])).toEqual({ kind: 'no_field' })
    expect(wrongWith([newField({ name: ' ' })])).toEqual({ kind: 'no_name' })
    expect(wrongWith([newField({ name: 'a' }), newField({ name: 'a ' })])).toEqual({
      kind: 'same_name',
      name: 'a',
    })
    expect(wrongWith([newField({ name: 'a', kind: 'choice', choices: [' '] })])).toEqual({
      kind: 'no_choice',
      name: 'a',
    })
    const empty = newField({ name: 'a', kind: 'object' })
    expect(wrongWith([empty]), 'an object without a field').toEqual({ kind: 'no_field' })
  })
})
