// The branch shown, or one message, to the clipboard with its looks.
import { failureOf, host } from '../../../host'
import { m } from '../../../paraglide/messages'
import { toasts } from '../../../state/toasts.svelte'
import { exportWords } from './words'

export async function copy(what: { conversation: string } | { message: string }): Promise<void> {
  try {
    const words = exportWords()
    if ('message' in what) await host.out.copyMessage(what.message, words)
    else await host.out.copyConversation(what.conversation, words)
    toasts.show('message' in what ? m.export_copied_message() : m.export_copied())
  } catch (reason) {
    toasts.failed(failureOf(reason))
  }
}
