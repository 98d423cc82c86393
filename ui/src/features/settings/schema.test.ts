import { describe, expect, it } from 'vitest'
import { fromSchema, toSchema, type Row } from './schema'

const rows: Row[] = [
  { name: 'city', kind: 'string', required: true, description: 'Where' },
  { name: 'days', kind: 'integer', required: false, description: '' },
]

describe('parameters', () => {
  it('are a schema and rows again', () => {
    const schema = toSchema(rows)
    expect(JSON.parse(schema)).toEqual({
      type: 'object',
      properties: { city: { type: 'string', description: 'Where' }, days: { type: 'integer' } },
      required: ['city'],
    })
    expect(fromSchema(schema)).toEqual(rows)
  })

  it('may be none', () => {
    expect(JSON.parse(toSchema([{ ...rows[0]!, name: ' ' }]))).toEqual({ type: 'object', properties: {} })
    expect(fromSchema('')).toEqual([])
    expect(fromSchema('{"type":"object"}')).toEqual([])
  })

  it('that say more than a form holds stay JSON', () => {
    for (const schema of [
      '{"type":"object","properties":{"unit":{"type":"string","enum":["C","F"]}}}',
      '{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}',
      '{"type":"object","properties":{"a":{}}}',
      '{"type":"object","properties":[]}',
      '{"type":',
      '[]',
    ])
      expect(fromSchema(schema), schema).toBeNull()
  })
})
