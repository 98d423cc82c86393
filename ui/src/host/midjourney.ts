// Midjourney's tasks as the host offers them.
import type { Generation } from '../bindings/Generation'
import type { Picture } from '../bindings/Picture'
import type { PressButton } from '../bindings/PressButton'

export interface MidjourneyHost {
  /** Presses a button below a picture; what comes of it belongs to its family. */
  press(request: PressButton): Promise<Generation>
  /** The makings of which words came and no picture, the newest first. */
  told(): Promise<Generation[]>
  /** The number that a picture of Midjourney grew from. Asking for it may take a minute; it is kept. */
  seed(id: string): Promise<string>
  /** Cuts a picture of four into the four, in the order of reading; those that are here already are given back. */
  cut(id: string): Promise<Picture[]>
  /** How many tasks of others wait or are being made at a service; null where it does not tell. */
  atService(serviceId: string): Promise<number | null>
  /** Lays a picture down where Midjourney can see it; answers its address. */
  layDown(serviceId: string, mediaId: string): Promise<string>
  /** Begins to bring in what a service still has of the past; `importing` and `imported` tell how it goes. */
  importPast(serviceId: string): Promise<void>
}
