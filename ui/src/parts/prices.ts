// What things cost, in words: by what a service publishes or says, and never guessed.
import type { Balance } from '../bindings/Balance'
import type { Lamp } from '../bindings/Lamp'
import type { Model } from '../bindings/Model'
import type { Usage } from '../bindings/Usage'
import { m } from '../paraglide/messages'
import { money } from '../state/format'

type Prices = Pick<Model, 'priceIn' | 'priceOut' | 'priceCall'>

/** "$3.00 in, $15.00 out" for a million tokens, "$0.10 a call", or both; "" where the service publishes nothing. */
export function priceOfModel({ priceIn, priceOut, priceCall }: Prices): string {
  const parts = [tokens(priceIn, priceOut), priceCall ? m.price_call({ price: money(priceCall, 'USD') }) : '']
  if ([priceIn, priceOut, priceCall].every((price) => price === null)) return ''
  return parts.filter(Boolean).join(' + ') || m.models_free()
}

function tokens(priceIn: number | null, priceOut: number | null): string {
  if (!priceIn && !priceOut) return ''
  const price = (value: number | null) => (value === null ? m.models_unknown() : money(value, 'USD'))
  return m.models_price({ ask: price(priceIn), answer: price(priceOut) })
}

/** "$0.0042", or "about $0.0042" where it was computed from published prices; "" where nobody knows. */
export function costWords(usage: Pick<Usage, 'cost' | 'about'> | null | undefined): string {
  const cost = usage?.cost ?? null
  if (cost === null) return ''
  return usage?.about ? m.price_about({ price: money(cost, 'USD') }) : money(cost, 'USD')
}

/** What is left at a service; why that is not known, where it is not. */
export function balanceWords(balance: Balance | null, lamp: Lamp): string {
  if (balance) return balance.left === null ? m.balance_unlimited() : money(balance.left, balance.currency)
  return lamp === 'not_offered' ? m.lamp_not_offered() : m.lamp_not_checked()
}
