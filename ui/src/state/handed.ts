// Files that one place puts on the desk of another: "Ask about this recording" leads to a new chat with the text along. Places do
// not know each other; who takes files says so here.
import type { Attachment } from '../bindings/Attachment'

class Handed {
  #take: (file: Attachment) => void = () => {}

  /** Takes what is handed to a new chat from now on. */
  taker(take: (file: Attachment) => void): void {
    this.#take = take
  }

  /** Lays a file, kept for the place "new", on the desk of a new chat. */
  toNewChat(file: Attachment): void {
    this.#take(file)
  }
}

export const handed = new Handed()
