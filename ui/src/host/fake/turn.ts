// Answers that write themselves, word by word. Words in square brackets in the question choose what happens:
// [think] [long] [cut] [empty] [wait] [adapt] [tool] [tool:weather] [fail:balance_empty].
import type { Decision } from '../../bindings/Decision'
import type { Message } from '../../bindings/Message'
import type { ToolCall } from '../../bindings/ToolCall'
import type { TurnUpdate } from '../../bindings/TurnUpdate'
import { problem } from '../failure'
import { callsSoFar, decide, open } from './steps'
import { paragraphs } from './tree'

const PIECE_MS = 30
const PLAIN =
  'Start with chard. It forgives a hot roof, and you can cut it from May until the frost.\n\nThen add beans on strings: they shade the boxes below, and the boxes dry out less quickly.\n\nWater in the evening, slowly, until it runs out below.'

export interface Turn {
  answer: Message
  watchers: Set<(update: TurnUpdate) => void>
  stop: () => void
  decide: (callId: string, decision: Decision) => void
  waits: () => boolean
}

interface Script {
  thoughts: string
  text: string
  /** A code to fail with before the first word, or after half of the text ("cut"). */
  fail: string
  wait: boolean
  adapt: boolean
  /** Tools to be called at once, before the second paragraph. */
  tools: string[]
}

export function scriptFor(question: string): Script {
  const has = (word: string) => question.includes(`[${word}]`)
  return {
    thoughts: has('think') ? 'Heat is the trouble here, not the cold. What stands a hot roof?' : '',
    text: has('empty') ? '' : has('long') ? Array(40).fill(PLAIN).join('\n\n') : PLAIN,
    fail: has('cut') ? 'cut' : has('empty') ? 'empty_answer' : (/\[fail:(\w+)\]/.exec(question)?.[1] ?? ''),
    wait: has('wait'),
    adapt: has('adapt'),
    tools: [...question.matchAll(/\[tool(?::(\w+))?\]/g)].map(([, name]) => name ?? 'calculator'),
  }
}

/** Everything so far, as the first update carries it. */
export function soFar(answer: Message, spoken = ''): TurnUpdate {
  const all = (text: string) => ({ keep: 0, blocks: paragraphs(text) })
  const thinking = answer.text === '' && answer.thoughts !== ''
  return { kind: 'words', text: all(answer.text), thoughts: all(answer.thoughts), thinking, spoken }
}

/** Writes the answer bit by bit and calls `onend` once, whatever happens, and `onwait` when it waits or no longer. */
export function run(answer: Message, script: Script, onend: () => void, onwait: () => void): Turn {
  const began = Date.now()
  const watchers: Turn['watchers'] = new Set()
  const tell = (update: TurnUpdate) => watchers.forEach((watcher) => watcher(update))
  let timer: ReturnType<typeof setTimeout>

  const end = (state: Message['state'], code = '') => {
    clearTimeout(timer)
    answer.state = state
    answer.durationMs = Date.now() - began
    answer.problem = code
      ? problem(code, 'simulated by the fake', { service: 'ModelBox', model: answer.model })
      : null
    onend()
  }
  const steps = pieces(script, answer, tell)
  const waits = () => answer.state === 'streaming' && open(answer).length > 0
  const step = () => {
    const next = steps.next()
    if (next.done) return finish()
    if (waits()) onwait()
    else timer = setTimeout(step, next.value)
  }
  const settle = (callId: string, decision: Decision) => {
    if (!decide(answer, callId, decision)) return
    tell(callsSoFar(answer))
    if (waits()) return
    onwait()
    timer = setTimeout(step, PIECE_MS)
  }
  const finish = () => {
    if (script.fail === 'cut') return end('cut', 'cut')
    if (script.fail) return end('failed', script.fail)
    answer.usage = {
      tokensIn: 40,
      tokensOut: 120,
      tokensThought: null,
      tokensCached: null,
      cost: 0.002,
      about: false,
    }
    answer.finishReason = 'stop'
    end('done')
  }
  timer = setTimeout(step, PIECE_MS)
  return { answer, watchers, stop: () => end('stopped'), decide: settle, waits }
}

/** Yields how long to wait before the next step. */
function* pieces(script: Script, answer: Message, tell: (update: TurnUpdate) => void): Generator<number> {
  if (script.wait) {
    tell({ kind: 'waiting', problem: problem('rate_limited', '', { status: 429 }), forMs: 3000, attempt: 2 })
    yield 3000
  }
  if (script.adapt) tell({ kind: 'adapted', field: 'stream_options' })
  if (script.fail && script.fail !== 'cut') return
  for (const word of script.thoughts.split(/(?<= )/)) {
    answer.thoughts += word
    if (word) tell(soFar(answer))
    yield PIECE_MS
  }
  answer.thoughtMs = script.thoughts ? 1200 : null
  answer.firstMs = 420
  const whole = script.fail === 'cut' ? script.text.slice(0, script.text.length / 2) : script.text
  let unspoken = ''
  for (const word of whole.split(/(?<=\s)/)) {
    if (script.tools.length > 0 && word.endsWith('\n\n') && answer.steps.length === 0) {
      answer.text += word
      tell(soFar(answer))
      tell(callsSoFar(answer, script.tools[0]))
      answer.steps = [{ at: answer.text.length, calls: script.tools.map(call) }]
      tell(callsSoFar(answer))
      yield PIECE_MS
      continue
    }
    answer.text += word
    unspoken += word
    const sentence = /[.!?]\s*$/.test(word) ? unspoken.trim() : ''
    if (sentence) unspoken = ''
    tell(soFar(answer, sentence))
    yield PIECE_MS
  }
}

function call(name: string, at: number): ToolCall {
  const given = name === 'weather' ? '{"city":"Bern"}' : '{"expression":"3*4"}'
  return { id: `call_${at + 1}`, name, arguments: given, state: 'asking', result: '', durationMs: null }
}
