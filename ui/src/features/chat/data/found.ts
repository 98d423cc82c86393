// What was found in an answer that was asked for as data, where that needs saying.
import type { DataFound } from '../../../bindings/DataFound'
import { m } from '../../../paraglide/messages'
import { number } from '../../../state/format'

export function foundWords(found: DataFound): string {
  switch (found.kind) {
    case 'whole':
      return ''
    case 'fenced':
    case 'within':
      return m.data_found_within()
    case 'absent':
      return m.data_found_absent()
    case 'cut':
      return m.data_found_cut()
    case 'broken':
      return m.data_found_broken({ line: number(found.line), column: number(found.column) })
    case 'large':
      return m.data_found_large()
  }
}
