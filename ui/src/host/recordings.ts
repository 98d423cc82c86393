// The door to Rust, for recordings: what the place "Transcribe" asks.
import type { Line } from '../bindings/Line'
import type { Microphone } from '../bindings/Microphone'
import type { Recording } from '../bindings/Recording'
import type { RecordingPage } from '../bindings/RecordingPage'
import type { SaveTranscript } from '../bindings/SaveTranscript'
import type { Scribe } from '../bindings/Scribe'
import type { TookIn } from '../bindings/TookIn'
import type { TranscribeWith } from '../bindings/TranscribeWith'
import type { TranscriptTask } from '../bindings/TranscriptTask'

export interface RecordingsHost {
  /** Every model of every connected service that writes down what is said. */
  scribes(): Promise<Scribe[]>
  /** How the place was last left; written by `chat.saveDraft` for the place "transcribe". */
  draft(): Promise<string>
  /** The newest first. */
  list(search: string, from: number, count: number): Promise<Recording[]>
  /** One with its lines, as they are said or in English. */
  page(id: string, task: TranscriptTask): Promise<RecordingPage>
  /** Opens the system's dialog, takes in what is chosen, and has it written down where it is said with what. */
  pick(wish: TranscribeWith | null): Promise<TookIn>
  /** As `pick`, for what was last dropped on the window. */
  takeDropped(wish: TranscribeWith | null): Promise<TookIn>
  /** As `pick`, for bytes that were pasted. */
  add(name: string, bytes: Uint8Array, wish: TranscribeWith | null): Promise<TookIn>
  /** Waits for its turn. Follow it by the event `recording`. */
  transcribe(id: string, task: TranscriptTask, wish: TranscribeWith): Promise<void>
  /** Asks for no more parts; those under way come first. */
  pause(transcriptId: string): Promise<void>
  /** Asks for the parts that are not here, by another service and model where they are named. */
  goOn(transcriptId: string, wish: [string, string] | null): Promise<void>
  /** Takes lines out and puts others in. Answers the numbers of those put in, in their order. */
  changeLines(transcriptId: string, out: number[], put: readonly Line[]): Promise<number[]>
  rename(id: string, name: string): Promise<void>
  /** To the recycle bin. */
  remove(id: string): Promise<void>
  restore(id: string): Promise<void>
  /** Saves a transcript where the system's dialog leads; false when nothing was chosen. */
  save(wish: SaveTranscript): Promise<boolean>
  /** Saves the sound itself, byte for byte. */
  saveSound(id: string): Promise<boolean>
  /** From a moment on; where listening stopped when none is named. */
  play(id: string, fromMs: number | null): Promise<void>
}

export interface RecorderHost {
  microphones(): Promise<Microphone[]>
  /** Listens, and keeps no more than a moment. */
  arm(microphone: string | null): Promise<void>
  disarm(): Promise<void>
  begin(name: string, microphone: string | null): Promise<Recording>
  pause(waits: boolean): Promise<void>
  end(): Promise<Recording>
  /** What is being recorded now. */
  now(): Promise<string | null>
}
