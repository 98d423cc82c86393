// Where the person is: a place, and what is open in it.

export type Place = 'chat' | 'pictures' | 'speech' | 'transcribe' | 'settings'
export const SECTIONS = [
  'services',
  'models',
  'tools',
  'appearance',
  'bin',
  'privacy',
  'help',
  'about',
] as const
export type Section = (typeof SECTIONS)[number]

class Router {
  #place = $state<Place>('chat')
  #section = $state<Section>('services')
  #conversation = $state<string | null>(null)
  #picture = $state<string | null>(null)
  #fresh = $state(0)
  #sought = $state.raw<{ conversationId: string; messageId: string } | null>(null)
  /** The list of the place lies over the sheet (narrow window only). */
  drawer = $state(false)
  /** The welcome dialog: shut, at its beginning, or straight at "Connect a service". */
  welcome = $state<'shut' | 'start' | 'connect'>('shut')
  palette = $state(false)
  /** The page that tells every key. */
  shortcuts = $state(false)

  get place(): Place {
    return this.#place
  }

  get section(): Section {
    return this.#section
  }

  /** The open conversation; none while a new one is being written. */
  get conversation(): string | null {
    return this.#conversation
  }

  /** The picture that is looked at alone; none in the gallery. */
  get picture(): string | null {
    return this.#picture
  }

  /** Grows with every "New chat", so that the desk can take the focus even when nothing else changes. */
  get fresh(): number {
    return this.#fresh
  }

  go(place: Place) {
    // Going where one is already leads back to its beginning.
    if (place === this.#place) this.#picture = null
    this.#place = place
    this.drawer = false
  }

  openConversation(id: string | null) {
    this.#conversation = id
    this.go('chat')
  }

  /** A message that somebody wants to see in its conversation, until that is shown. */
  get sought() {
    return this.#sought
  }

  openMessage(conversationId: string, messageId: string) {
    this.#sought = { conversationId, messageId }
    this.go('chat')
  }

  /** Answers what is sought, once. */
  takeSought() {
    const sought = this.#sought
    this.#sought = null
    return sought
  }

  newConversation() {
    this.#fresh += 1
    this.openConversation(null)
  }

  openPicture(id: string | null) {
    this.go('pictures')
    this.#picture = id
  }

  openSettings(section: Section = 'services') {
    this.#section = section
    this.go('settings')
  }
}

export const router = new Router()
