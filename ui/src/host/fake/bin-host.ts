// The fake's recycle bin.
import type { Binned } from '../../bindings/Binned'
import type { BinRow } from '../../bindings/BinRow'
import type { Host } from '../host'
import { chatHost } from './chat-host'
import { pictureHost } from './picture-host'
import { speechHost } from './speech-host'
import type { FakeStore } from './store'
import { recordingsHost } from './transcribe-host'

const PAGE = 50

export function binHost(store: FakeStore): Host['bin'] {
  return {
    async list(after) {
      const all = rows(store)
      const from = all.findIndex(({ what }) => what.id === after?.what.id) + 1
      return all.slice(from, from + PAGE)
    },
    async restore(what) {
      const restore: Record<Binned['kind'], (id: string) => Promise<unknown>> = {
        conversation: (id) => chatHost(store).restore(id),
        message: (id) => chatHost(store).restoreMessage(id),
        picture: (id) => pictureHost(store).restore([id]),
        album: (id) => pictureHost(store).restoreAlbum(id),
        sound: (id) => speechHost(store).restore(id),
        recording: (id) => recordingsHost(store).restore(id),
      }
      await restore[what.kind](what.id)
    },
    async empty() {
      store.talks = store.talks.filter((talk) => talk.conversation.deletedAt === null)
      for (const talk of store.talks)
        talk.messages = talk.messages.map((one) => (one.deletedAt ? { ...one, text: '', deletedAt: 0 } : one))
      store.pictures = store.pictures.filter(({ deletedAt }) => deletedAt === null)
      store.albums = store.albums.filter(({ deleted }) => !deleted)
      store.sounds = store.sounds.filter(({ deleted }) => !deleted)
      store.recordings = store.recordings.filter(({ deleted }) => !deleted)
    },
  }
}

function rows({ talks, pictures, albums, sounds, recordings }: FakeStore): BinRow[] {
  const row = (what: Binned, name: string, deletedAt: number | null, more: Partial<BinRow> = {}): BinRow[] =>
    deletedAt
      ? [{ what, name, conversationId: null, conversation: '', mediaId: null, deletedAt, ...more }]
      : []
  const now = Date.now()
  return [
    ...talks.flatMap(({ conversation: { id, title, deletedAt } }) =>
      row({ kind: 'conversation', id }, title, deletedAt),
    ),
    ...talks
      .filter(({ conversation }) => conversation.deletedAt === null)
      .flatMap(({ conversation, messages }) =>
        messages.flatMap(({ id, text, deletedAt }) =>
          row({ kind: 'message', id }, text, deletedAt, {
            conversationId: conversation.id,
            conversation: conversation.title,
          }),
        ),
      ),
    ...pictures.flatMap(({ id, prompt, deletedAt, mediaId }) =>
      row({ kind: 'picture', id }, prompt, deletedAt, { mediaId }),
    ),
    ...albums.flatMap(({ id, name, deleted }) => row({ kind: 'album', id }, name, deleted ? now : null)),
    ...sounds.flatMap(({ row: { id, title }, deleted }) =>
      row({ kind: 'sound', id }, title, deleted ? now : null),
    ),
    ...recordings.flatMap(({ row: { id, name }, deleted }) =>
      row({ kind: 'recording', id }, name, deleted ? now : null),
    ),
  ].toSorted((one, other) => other.deletedAt - one.deletedAt)
}
