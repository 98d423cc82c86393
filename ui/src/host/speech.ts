// The door to Rust, for what is heard: texts that are read aloud, and the player.
import type { Playback } from '../bindings/Playback'
import type { Sound } from '../bindings/Sound'
import type { SoundPage } from '../bindings/SoundPage'
import type { Speak } from '../bindings/Speak'
import type { Speaker } from '../bindings/Speaker'

export interface SpeechHost {
  /** Every model of every connected service that reads aloud. */
  speakers(): Promise<Speaker[]>
  /** What lay on the desk when it was last left; written by `chat.saveDraft` for the place "speech". */
  draft(): Promise<string>
  /** Writes the wish down and begins to ask. Follow it by the event `sound`. */
  speak(request: Speak): Promise<Sound>
  /** Asks for no more parts. One that was sent already may still be paid for. */
  stop(id: string): Promise<void>
  /** Asks for no parts that are not under way: nobody listens any more. */
  enough(id: string): Promise<void>
  /** Asks for the parts that are not here. */
  goOn(id: string): Promise<void>
  /** The newest first. */
  list(search: string, from: number, count: number): Promise<Sound[]>
  sound(id: string): Promise<SoundPage>
  rename(id: string, title: string): Promise<void>
  /** To the recycle bin. */
  remove(id: string): Promise<void>
  restore(id: string): Promise<void>
  /** Saves what is here of it, where the system's dialog leads; false when nothing was chosen. */
  save(id: string): Promise<boolean>
}

export interface PlayerHost {
  /** From a moment on; where listening stopped when none is named. */
  play(id: string, fromMs: number | null): Promise<void>
  pause(): Promise<void>
  seek(toMs: number): Promise<void>
  setSpeed(speed: number): Promise<void>
  setVolume(volume: number): Promise<void>
  playback(): Promise<Playback>
}
