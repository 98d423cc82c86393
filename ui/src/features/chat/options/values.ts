// What is set where: a conversation's own options lie over the person's usual ones. The engine lays them in the same
// way when it sends; here it is for showing.
import type { Options } from '../../../bindings/Options'
import { isValue } from '../../../state/options'
import { NAMES, NOTHING, type Name } from './fields'

/** Whether an option is set, and so is sent. */
export function isSet(options: Options, name: Name): boolean {
  return isValue(options[name])
}

/** The options that are set, in the order of the drawer. */
export function setIn(options: Options): Name[] {
  return NAMES.filter((name) => isSet(options, name))
}

/** What counts: the conversation's own, over the usual ones that it does not take away. */
export function effective(own: Options, usual: Options): Options {
  const all: Options = { ...NOTHING }
  for (const name of NAMES) {
    const from = isSet(own, name) ? own : own.unset.includes(name) ? NOTHING : usual
    put(all, name, from[name])
  }
  return all
}

/** Where the conversation differs from the usual: set otherwise, or taken away. */
export function differing(own: Options): Name[] {
  return NAMES.filter((name) => isSet(own, name) || own.unset.includes(name))
}

/** The conversation's own options after one was set; its empty value means that it is not sent. */
export function changed<Some extends Name>(
  own: Options,
  usual: Options,
  name: Some,
  value: Options[Some],
): Options {
  const next: Options = { ...own, unset: own.unset.filter((other) => other !== name) }
  put(next, name, value)
  if (isSame(value, usual[name])) put(next, name, NOTHING[name])
  else if (!isSet(next, name) && isSet(usual, name)) next.unset.push(name)
  return next
}

/** The conversation's own options after one was left to the usual again. */
export function cleared(own: Options, name: Name): Options {
  const next: Options = { ...own, unset: own.unset.filter((other) => other !== name) }
  put(next, name, NOTHING[name])
  return next
}

function put<Some extends Name>(options: Options, name: Some, value: Options[Some]) {
  options[name] = value
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
