import type { Facts } from '../bindings/Facts'
import type { Problem } from '../bindings/Problem'

const NO_FACTS: Facts = {
  status: null,
  serverCode: null,
  field: null,
  window: null,
  retryAfterMs: null,
  requestId: null,
  service: null,
  model: null,
  host: null,
}

/** What every call of the host rejects with. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.message}`)
    this.problem = problem
  }
}

/** A problem with only a code, and the other side's words where there are some. */
export function problem(code: string, message = '', facts: Partial<Facts> = {}): Problem {
  return { code, message, facts: { ...NO_FACTS, ...facts } }
}

/** Whatever was thrown, as a failure; what is no problem of the engine becomes `internal`. */
export function failureOf(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown
  if (isProblem(thrown)) return new Failure({ ...thrown, facts: { ...NO_FACTS, ...thrown.facts } })
  return new Failure(problem('internal', thrown instanceof Error ? thrown.message : String(thrown)))
}

function isProblem(thrown: unknown): thrown is Problem {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown && typeof thrown.code === 'string'
}
