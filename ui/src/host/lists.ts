// Which conversations to list, where nothing else is wished for.
import type { ListConversations } from '../bindings/ListConversations'

/** All that live, pinned ones first, then the newest. */
export const WHOLE_LIST: ListConversations = {
  search: '',
  shelf: null,
  order: 'newest',
  after: null,
}
