// The fake's files: names say what becomes of them. "locked.pdf" cannot be read, "slow" in a name reads for ever.
import type { Attachment } from '../../bindings/Attachment'
import { Failure, problem } from '../failure'
import type { Host } from '../host'
import type { FakeStore } from './store'

const READ_MS = 20
const WORDS = 'A water butt on the roof is allowed.'

export function attachmentHost(store: FakeStore): Host['attachments'] {
  const one = (id: string) => {
    const file = store.attachments.find((known) => known.id === id)
    if (!file) throw new Failure(problem('gone'))
    return file
  }
  const put = (file: Attachment) => {
    store.attachments = [...store.attachments.filter(({ id }) => id !== file.id), file]
    return file
  }
  const read = (file: Attachment) => {
    if (file.state === 'waiting' && !file.name.includes('slow'))
      setTimeout(() => {
        // The stage may be another one by now.
        const known = store.attachments.find(({ id }) => id === file.id)
        if (known) store.tell({ kind: 'attachment', attachment: put(outcome(known)) })
      }, READ_MS)
    return file
  }
  const give = (place: string, name: string, bytes = 34_000) => read(put(made(place, name, bytes)))

  return {
    pick: async (place) => [give(place, place.startsWith('pictures') ? 'roof.png' : 'house-rules.pdf')],
    add: async (place, name, bytes) => give(place, name, bytes.length),
    takeDropped: async (place) => [give(place, 'dropped.pdf')],
    link: async (place, address) =>
      put({ ...made(place, address, 0), kind: 'link', source: address, media: null, state: 'kept' }),
    async remove(id) {
      put({ ...one(id), place: `aside:${one(id).place}` })
    },
    restore: async (id) => put({ ...one(id), place: one(id).place.replace('aside:', '') }),
    retry: async (id) => read(put({ ...one(id), name: 'unlocked.pdf', state: 'waiting', problem: null })),
    setDetail: async (id, detail) => put({ ...one(id), detail }),
    text: async (id) => `[Page 1]\n\n${one(id).name}: ${WORDS}\n`.repeat(one(id).facts.cut ? 2_000 : 1),
    onDrag(hear) {
      store.drags.add(hear)
      return () => store.drags.delete(hear)
    },
  }
}

let count = 0

function made(place: string, name: string, bytes: number): Attachment {
  const picture = /\.(png|jpe?g)$/.test(name)
  return {
    id: `file-${String(++count).padStart(4, '0')}`,
    messageId: null,
    place,
    role: 'sent',
    kind: picture ? 'picture' : 'document',
    media: {
      id: `media-${count}`,
      mime: picture ? 'image/png' : 'application/pdf',
      bytes,
      width: picture ? 640 : null,
      height: picture ? 480 : null,
      moves: false,
      durationMs: null,
      createdAt: 0,
    },
    name,
    source: '',
    detail: picture ? 'auto' : '',
    state: 'waiting',
    problem: null,
    tries: 0,
    nextAt: null,
    createdAt: 0,
    facts: { format: '', unit: '', parts: 0, read: 0, words: 0, cut: false },
    uploaded: null,
    textLength: 0,
  }
}

/** A picture that Medley has, on a desk of the place "Pictures". */
export function reference(place: string, mediaId: string): Attachment {
  const row = made(place, 'picture.png', 34_000)
  const [, width = '640', height = '480'] = /-(\d+)x(\d+)$/.exec(mediaId) ?? []
  const media = row.media && { ...row.media, id: mediaId, width: Number(width), height: Number(height) }
  return { ...row, media, state: 'kept' }
}

function outcome(file: Attachment): Attachment {
  if (file.name === 'locked.pdf') return { ...file, state: 'failed', problem: problem('file_encrypted') }
  if (file.kind === 'picture') return { ...file, state: 'kept' }
  const cut = file.name.startsWith('long')
  const facts = { format: 'pdf', unit: 'pages', parts: cut ? 500 : 6, read: cut ? 120 : 6, words: 113, cut }
  return { ...file, state: 'kept', facts }
}
