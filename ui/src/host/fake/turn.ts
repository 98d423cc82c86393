// Answers that write themselves, word by word. Words in square brackets in the question choose what happens:
// [think] [long] [cut] [empty] [wait] [adapt] [fail:balance_empty].
import type { Message } from '../../bindings/Message'
import type { TurnUpdate } from '../../bindings/TurnUpdate'
import { problem } from '../failure'
import { paragraphs } from './tree'

const PIECE_MS = 30
const PLAIN =
  'Start with chard. It forgives a hot roof, and you can cut it from May until the frost.\n\nThen add beans on strings: they shade the boxes below, and the boxes dry out less quickly.\n\nWater in the evening, slowly, until it runs out below.'

export interface Turn {
  answer: Message
  watchers: Set<(update: TurnUpdate) => void>
  stop: () => void
}

interface Script {
  thoughts: string
  text: string
  /** A code to fail with before the first word, or after half of the text ("cut"). */
  fail: string
  wait: boolean
  adapt: boolean
}

export function scriptFor(question: string): Script {
  const has = (word: string) => question.includes(`[${word}]`)
  return {
    thoughts: has('think') ? 'Heat is the trouble here, not the cold. What stands a hot roof?' : '',
    text: has('empty') ? '' : has('long') ? Array(40).fill(PLAIN).join('\n\n') : PLAIN,
    fail: has('cut') ? 'cut' : has('empty') ? 'empty_answer' : (/\[fail:(\w+)\]/.exec(question)?.[1] ?? ''),
    wait: has('wait'),
    adapt: has('adapt'),
  }
}

/** Everything so far, as the first update carries it. */
export function soFar(answer: Message, spoken = ''): TurnUpdate {
  const all = (text: string) => ({ keep: 0, blocks: paragraphs(text) })
  const thinking = answer.text === '' && answer.thoughts !== ''
  return { kind: 'words', text: all(answer.text), thoughts: all(answer.thoughts), thinking, spoken }
}

/** Writes the answer bit by bit and calls `onend` once, whatever happens. */
export function run(answer: Message, script: Script, onend: () => void): Turn {
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
  const step = () => {
    const next = steps.next()
    if (next.done) return finish()
    timer = setTimeout(step, next.value)
  }
  const finish = () => {
    if (script.fail === 'cut') return end('cut', 'cut')
    if (script.fail) return end('failed', script.fail)
    answer.usage = { tokensIn: 40, tokensOut: 120, tokensThought: null, tokensCached: null, cost: 0.002 }
    answer.finishReason = 'stop'
    end('done')
  }
  timer = setTimeout(step, PIECE_MS)
  return { answer, watchers, stop: () => end('stopped') }
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
    answer.text += word
    unspoken += word
    const sentence = /[.!?]\s*$/.test(word) ? unspoken.trim() : ''
    if (sentence) unspoken = ''
    tell(soFar(answer, sentence))
    yield PIECE_MS
  }
}
