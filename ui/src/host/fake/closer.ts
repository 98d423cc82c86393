// Talks whose answers are worth a closer look: how sure the model was, and data.
import { conversation, message, type Talk } from './talk'

/** An answer of which it is known how sure the model was. */
export function measured(): Talk {
  const id = 'measured'
  const row = conversation(id, 'How sure is it?', 40, { head: `${id}-2` })
  const messages = [
    message(`${id}-1`, id, { text: 'Name a river.', createdAt: row.updatedAt }),
    message(`${id}-2`, id, {
      parentId: `${id}-1`,
      role: 'assistant',
      serviceId: 'modelbox',
      model: 'openai/gpt-4o-mini',
      text: 'The Loire, 河流, reaches the sea.',
      createdAt: row.updatedAt + 4000,
    }),
  ]
  return { conversation: row, messages, draft: '', sure: [`${id}-2`] }
}

/** Answers as data: one that fits, one that does not, one that is none. */
export function listed(): Talk {
  const id = 'listed'
  const row = conversation(id, 'Rivers as data', 41, { head: `${id}-4` })
  const said = (number: number, text: string) =>
    message(`${id}-${number}`, id, {
      parentId: `${id}-${number - 1}`,
      role: 'assistant',
      serviceId: 'modelbox',
      model: 'openai/gpt-4o-mini',
      text,
      createdAt: row.updatedAt + number * 1000,
    })
  const messages = [
    message(`${id}-1`, id, { text: 'List three rivers.', createdAt: row.updatedAt }),
    said(2, JSON.stringify({ rivers: RIVERS })),
    message(`${id}-3`, id, { parentId: `${id}-2`, text: 'And in a tree?', createdAt: row.updatedAt + 3000 }),
    said(4, JSON.stringify({ name: 'Loire', towns: ['Nantes', 'Tours'], source: { height: 1408 } })),
  ]
  return { conversation: row, messages, draft: '', data: [`${id}-2`, `${id}-4`] }
}

const RIVERS = [
  { name: 'Loire', length: 1006, navigable: true },
  { name: 'Seine', length: '777 km', navigable: true },
  { name: 'Garonne', length: 529 },
]
