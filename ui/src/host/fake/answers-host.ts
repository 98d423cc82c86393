// The fake's closer look at answers: made-up numbers, and data laid out simply. The real thing is made by the engine.
import type { Data } from '../../bindings/Data'
import type { DataNode } from '../../bindings/DataNode'
import type { PathStep } from '../../bindings/PathStep'
import type { SchemaFault } from '../../bindings/SchemaFault'
import type { Host } from '../host'
import type { FakeStore } from './store'

const PAGE = 200
const SURE = [0.999, 0.04, 0.95, 0.5, 0.7, null]

export function answersHost(store: FakeStore): Host['answers'] {
  const textOf = (id: string) => store.talkOf(id).messages.find((message) => message.id === id)?.text ?? ''
  return {
    async confidence(id) {
      const words = textOf(id).split(/(?<=[ ,.])/)
      return { words, sure: words.map((_, at) => SURE[at % SURE.length] ?? null), average: 0.72 }
    },
    async pieces(id, word) {
      const text = textOf(id).split(/(?<=[ ,.])/)[word] ?? ''
      const sure = SURE[word % SURE.length] ?? null
      const guesses = [text, ' Seine', '\n'].map((guess, at) => ({ text: guess, sure: 0.5 / (at + 1) }))
      return [{ text, sure, guesses: sure === null ? [] : guesses }]
    },
    data: async (id) => dataOf(textOf(id)),
    async rows(id, from) {
      const rows = rowsOf(read(textOf(id)))
      const names = namesOf(rows)
      return rows.slice(from, from + PAGE).map((row) => names.map((name) => cell(row[name])))
    },
    async parts(id, { at, from }) {
      return partsOf(reach(read(textOf(id)), at)).slice(from, from + PAGE)
    },
    async dataText(id, form) {
      if (form === 'json') return { text: textOf(id), marked: 0 }
      const rows = rowsOf(read(textOf(id)))
      const names = namesOf(rows)
      const lines = [names, ...rows.map((row) => names.map((name) => cell(row[name]) ?? ''))]
      return { text: lines.map((line) => line.join(',')).join('\r\n'), marked: 1 }
    },
    checkSchema: async (schema) => faultOf(schema),
  }
}

type Row = Record<string, unknown>

function dataOf(text: string): Data {
  const value = read(text)
  const rows = rowsOf(value)
  const nothing = { table: null, flat: false, check: 'none' as const, breaks: [], moreBreaks: false }
  if (value === undefined) return { ...nothing, found: { kind: 'absent' }, root: null }
  const root = node(null, value)
  if (rows.length === 0) return { ...nothing, found: { kind: 'whole' }, root, check: 'fits' }
  const columns = namesOf(rows).map((name) => ({ name, numeric: false, width: 9 }))
  const at = rows.findIndex((row) => typeof row['length'] === 'string')
  const wrong = { kind: 'type' as const, wanted: ['number'], is: 'text' as const }
  return {
    found: { kind: 'whole' },
    root,
    table: { at: ['rivers'], columns, rows: rows.length, pairs: false },
    flat: true,
    check: at < 0 ? 'fits' : 'breaks',
    breaks: at < 0 ? [] : [{ at: ['rivers', at, 'length'], rule: wrong }],
    moreBreaks: false,
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function rowsOf(value: unknown): Row[] {
  const rows = (value as { rivers?: Row[] } | undefined)?.rivers
  return Array.isArray(rows) ? rows : []
}

function namesOf(rows: Row[]) {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))]
}

function cell(value: unknown): string | null {
  return value === undefined ? null : plain(value)
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function reach(value: unknown, at: PathStep[]): unknown {
  return at.reduce<unknown>((inner, step) => (inner as Row | undefined)?.[step], value)
}

function partsOf(value: unknown): DataNode[] {
  if (typeof value !== 'object' || value === null) return []
  const entries: [PathStep, unknown][] = Array.isArray(value)
    ? value.map((part, place) => [place, part])
    : Object.entries(value)
  return entries.map(([step, part]) => node(step, part))
}

function node(step: PathStep | null, value: unknown): DataNode {
  const holds = typeof value === 'object' && value !== null
  const kinds = { string: 'text', number: 'number', boolean: 'yes_no' } as const
  const single = kinds[typeof value as keyof typeof kinds] ?? 'nothing'
  const kind = holds ? (Array.isArray(value) ? 'list' : 'object') : single
  return { step, kind, text: holds ? '' : plain(value), count: holds ? Object.keys(value).length : 0 }
}

function faultOf(schema: string): SchemaFault | null {
  if (schema.length > 131_072) return { kind: 'long', most: 131_072 }
  const value = read(schema)
  if (value === undefined) return { kind: 'broken', line: 1, column: 1 }
  const good = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!good) return { kind: 'no_object' }
  return schema.includes('http') ? { kind: 'outside', address: 'http://example.test/' } : null
}
