// The picture that is looked at, if one is.
export interface Viewed {
  /** The id of its bytes. */
  media: string
  words: string
}

class Viewing {
  now = $state.raw<Viewed | null>(null)

  show(media: string, words: string) {
    this.now = { media, words }
  }
}

export const viewed = new Viewing()
