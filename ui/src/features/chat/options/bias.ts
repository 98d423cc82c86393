// Tokens made likelier or less likely, as rows that are typed.
import type { Options } from '../../../bindings/Options'
import { BIAS, numberOf } from './fields'

export interface Row {
  /** A token's number. */
  token: string
  /** -100 never, 100 always. */
  weight: string
}

type Bias = NonNullable<Options['logitBias']>

export function rowsOf(bias: Options['logitBias']): Row[] {
  return Object.entries(bias ?? {}).map(([token, weight]) => ({ token, weight: String(weight) }))
}

/** What can be sent of the rows; null when that is none. */
export function biasOf(rows: readonly Row[]): Bias | null {
  const fit = rows.filter(
    (row) => faultOf(row) === null && row.token.trim() !== '' && row.weight.trim() !== '',
  )
  if (fit.length === 0) return null
  return Object.fromEntries(fit.map(({ token, weight }) => [token.trim(), Number(weight.replace(',', '.'))]))
}

/** What is wrong with a row; an unfinished one is not wrong. */
export function faultOf({ token, weight }: Row): 'token' | 'weight' | null {
  if (!/^\d*$/.test(token.trim())) return 'token'
  return typeof numberOf(weight, { ...BIAS, step: 0.01 }) === 'string' ? 'weight' : null
}
