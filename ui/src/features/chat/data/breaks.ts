// Where data does not fit what was asked for, in plain words.
import type { DataBreak } from '../../../bindings/DataBreak'
import type { DataKind } from '../../../bindings/DataKind'
import type { DataRule } from '../../../bindings/DataRule'
import { m } from '../../../paraglide/messages'
import { pathWords } from './paths'

/** "price: should be a number, is text". */
export function breakWords({ at, rule }: DataBreak): string {
  return m.data_break({ at: pathWords(at), what: ruleWords(rule) })
}

export function kindWords(kind: DataKind): string {
  const words = {
    object: m.data_kind_object,
    list: m.data_kind_list,
    text: m.data_kind_text,
    number: m.data_kind_number,
    yes_no: m.data_kind_yes_no,
    nothing: m.data_kind_nothing,
  }
  return words[kind]()
}

/** The types of schemas, in the same words. */
function typeWords(type: string): string {
  const kinds: Record<string, DataKind> = {
    object: 'object',
    array: 'list',
    string: 'text',
    number: 'number',
    boolean: 'yes_no',
    null: 'nothing',
  }
  const kind = kinds[type]
  if (kind) return kindWords(kind)
  return type === 'integer' ? m.data_kind_whole() : type
}

function ruleWords(rule: DataRule): string {
  switch (rule.kind) {
    case 'type':
      return m.data_rule_type({ wanted: either(rule.wanted.map(typeWords)), is: kindWords(rule.is) })
    case 'missing':
      return m.data_rule_missing({ name: rule.name })
    case 'unknown':
      return m.data_rule_unknown({ names: rule.names.join(', ') })
    case 'choice':
      return m.data_rule_choice({ allowed: rule.allowed.join(', '), is: rule.is })
    case 'limit':
      return limitWords(rule)
    case 'multiple':
      return m.data_rule_multiple({ of: `${rule.of}` })
    case 'repeated':
      return m.data_rule_repeated()
    case 'pattern':
      return m.data_rule_pattern({ pattern: rule.pattern })
    case 'format':
      return m.data_rule_format({ format: rule.format })
    case 'forms':
      return rule.several ? m.data_rule_forms_several() : m.data_rule_forms_none()
    case 'other':
      return m.data_rule_other({ keyword: rule.keyword })
  }
}

function limitWords({ of, below, limit, excluded }: Extract<DataRule, { kind: 'limit' }>): string {
  switch (of) {
    case 'value':
      if (excluded) return below ? m.data_limit_above({ limit }) : m.data_limit_below({ limit })
      return below ? m.data_limit_least({ limit }) : m.data_limit_most({ limit })
    case 'letters':
      return below ? m.data_limit_letters_least({ limit }) : m.data_limit_letters_most({ limit })
    case 'entries':
      return below ? m.data_limit_entries_least({ limit }) : m.data_limit_entries_most({ limit })
    case 'names':
      return below ? m.data_limit_names_least({ limit }) : m.data_limit_names_most({ limit })
  }
}

function either(words: readonly string[]): string {
  return words.reduce((one, other) => m.data_either({ one, other }))
}
