// The fake's tool calls: shown as the engine would show them, and decided as a person says.
import type { Decision } from '../../bindings/Decision'
import type { Message } from '../../bindings/Message'
import type { StepView } from '../../bindings/StepView'
import type { ToolCall } from '../../bindings/ToolCall'
import type { TurnUpdate } from '../../bindings/TurnUpdate'

export function stepsOf({ text, steps }: Message): StepView[] {
  return steps.map(({ at, calls }) => ({
    before: text
      .slice(0, at)
      .split(/\n{2,}/)
      .filter(Boolean).length,
    calls: calls.map((call) => ({
      ...call,
      argumentsSize: call.arguments.length,
      resultSize: call.result.length,
    })),
  }))
}

/** The calls so far, as an update carries them. */
export function callsSoFar(answer: Message, calling = ''): TurnUpdate {
  return { kind: 'steps', steps: stepsOf(answer), calling, round: { number: answer.steps.length, of: 8 } }
}

export function open({ steps }: Message): ToolCall[] {
  return steps.flatMap(({ calls }) => calls).filter(({ state }) => state === 'asking')
}

/** What becomes of a call. Answers whether anything did. */
export function decide(answer: Message, id: string, decision: Decision): boolean {
  const call = open(answer).find((one) => one.id === id)
  if (!call) return false
  const refused = decision.kind === 'refuse' || decision.kind === 'never'
  call.state = refused ? 'refused' : 'done'
  call.result = refused ? 'The person refused this call.' : decision.kind === 'result' ? decision.text : '12'
  call.durationMs = refused ? null : 300
  return true
}
