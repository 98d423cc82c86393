// Why a schema or a form cannot be used, in one sentence.
import type { SchemaFault } from '../../../bindings/SchemaFault'
import { m } from '../../../paraglide/messages'
import { bytes, number } from '../../../state/format'
import { pathWords } from './paths'
import type { Wrong } from './schema-form'

export function faultWords(fault: SchemaFault): string {
  switch (fault.kind) {
    case 'long':
      return m.form_fault_long({ size: bytes(fault.most) })
    case 'broken':
      return m.form_fault_broken({ line: number(fault.line), column: number(fault.column) })
    case 'no_object':
      return m.form_fault_no_object({ brace: '{' })
    case 'deep':
      return m.form_fault_deep({ most: number(fault.most) })
    case 'involved':
      return m.form_fault_involved()
    case 'outside':
      return m.form_fault_outside({ address: fault.address })
    case 'nowhere':
      return m.form_fault_nowhere({ address: fault.address })
    case 'wrong':
      return m.form_fault_wrong({ at: pathWords(fault.at), is: fault.is })
  }
}

export function wrongWords(wrong: Wrong): string {
  switch (wrong.kind) {
    case 'no_field':
      return m.form_no_field()
    case 'no_name':
      return m.form_no_name()
    case 'same_name':
      return m.form_same_name({ name: wrong.name })
    case 'no_choice':
      return m.form_no_choice({ name: wrong.name })
  }
}
