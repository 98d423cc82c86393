// Whether the network is there: what the system says, and what the engine found when it last called a service.
class Connection {
  #system = $state(navigator.onLine)
  #reached = $state(true)

  constructor() {
    addEventListener('online', () => {
      this.#system = true
      this.#reached = true
    })
    addEventListener('offline', () => (this.#system = false))
  }

  get online(): boolean {
    return this.#system && this.#reached
  }

  /** The engine called a service: it answered, or nothing could be reached. */
  reached(online: boolean) {
    this.#reached = online
  }
}

export const connection = new Connection()
