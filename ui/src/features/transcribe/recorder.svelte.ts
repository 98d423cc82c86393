// The recorder as the window sees it: whether somebody listens, how loud it is, how long it runs. The sound itself never passes
// through here.
import type { Microphone } from '../../bindings/Microphone'
import type { Problem } from '../../bindings/Problem'
import type { Recording } from '../../bindings/Recording'
import type { RecorderView } from '../../bindings/RecorderView'
import { failureOf } from '../../host/failure'
import type { Host } from '../../host/host'

/** Bars of the wave that runs through. */
export const BARS = 170

/** So long is listened after a hand last came near. */
const LISTENS_MS = 20_000

const OFF: RecorderView = { stage: 'off', recordingId: null, level: 0, durationMs: 0, problem: null }

export class RecorderDesk {
  view = $state.raw<RecorderView>(OFF)
  /** How loud it was, the newest last. */
  levels = $state.raw<readonly number[]>([])
  microphones = $state.raw<readonly Microphone[] | null>(null)
  /** What broke off last, and why. */
  torn = $state.raw<{ recordingId: string; problem: Problem } | null>(null)
  /** Why nothing is recorded. */
  problem = $state.raw<Problem | null>(null)
  /** A press is on its way. */
  busy = $state(false)
  #arming: Promise<void> | null = null
  #leaving: ReturnType<typeof setTimeout> | undefined
  readonly #host: Host
  readonly #failed: (reason: unknown) => void

  constructor(host: Host, failed: (reason: unknown) => void) {
    this.#host = host
    this.#failed = failed
  }

  get running(): boolean {
    return this.view.recordingId !== null && (this.view.stage === 'recording' || this.view.stage === 'paused')
  }

  hear(view: RecorderView): void {
    this.view = view
    const { problem, recordingId } = view
    if (problem) this.problem = problem
    if (problem && recordingId) this.torn = { recordingId, problem }
    if (view.stage === 'recording') this.levels = [...this.levels.slice(1 - BARS), view.level]
  }

  /** Listens from now on, so that the first word is not lost, but not for long where nothing follows. */
  async arm(microphone: string | null): Promise<void> {
    if (this.running) return
    this.#wait()
    this.#arming ??= this.#host.recorder.arm(microphone)
    try {
      await this.#arming
      this.problem = null
    } catch (reason) {
      this.problem = failureOf(reason).problem
    } finally {
      this.#arming = null
    }
  }

  /** The hand is still there. A microphone that cannot be opened is not tried at every move. */
  async stay(microphone: string | null): Promise<void> {
    if (this.view.stage === 'armed') this.#wait()
    else if (!this.problem) await this.arm(microphone)
  }

  async disarm(): Promise<void> {
    clearTimeout(this.#leaving)
    if (this.running || this.busy) return
    try {
      await this.#host.recorder.disarm()
      if (!this.running) this.view = OFF
    } catch (reason) {
      this.#failed(reason)
    }
  }

  async readMicrophones(): Promise<void> {
    try {
      this.microphones = await this.#host.recorder.microphones()
    } catch (reason) {
      this.#failed(reason)
    }
  }

  async begin(name: string, microphone: string | null): Promise<Recording | null> {
    if (this.busy || this.running) return null
    this.busy = true
    this.problem = null
    this.levels = []
    try {
      return await this.#host.recorder.begin(name, microphone)
    } catch (reason) {
      this.problem = failureOf(reason).problem
      return null
    } finally {
      this.busy = false
    }
  }

  async pause(waits: boolean): Promise<void> {
    await this.#host.recorder.pause(waits)
  }

  async end(): Promise<Recording | null> {
    if (this.busy) return null
    this.busy = true
    try {
      return await this.#host.recorder.end()
    } catch (reason) {
      this.#failed(reason)
      return null
    } finally {
      this.busy = false
    }
  }

  #wait(): void {
    clearTimeout(this.#leaving)
    this.#leaving = setTimeout(() => void this.disarm(), LISTENS_MS)
  }
}
