// Fills the window's state with what the engine has, and keeps it true from then on.
import type { Event } from '../bindings/Event'
import type { Start } from '../bindings/Start'
import { host } from '../host'
import { about } from './about.svelte'
import { connection } from './connection.svelte'
import { models } from './models.svelte'
import { router } from './router.svelte'
import { services } from './services.svelte'
import { settings } from './settings.svelte'
import { tools } from './tools.svelte'

/** Asks for everything the first screen needs. */
export async function begin(): Promise<Start> {
  host.listen(hear)
  const start = await host.start()
  settings.fill(start.settings)
  services.fill(start.services)
  models.fill(start.models)
  about.demo = start.demo
  if (start.services.length === 0) router.welcome = 'start'
  // One can type at once.
  else router.newConversation()
  return start
}

function hear(event: Event) {
  switch (event.kind) {
    case 'service':
      return services.put(event.service)
    case 'serviceGone':
      return services.drop(event.id)
    case 'models':
      return void models.reload()
    case 'tools':
      return tools.changed()
    case 'reach':
      return connection.reached(event.online)
    case 'conversation':
    case 'conversationGone':
    case 'conversations':
    case 'folders':
    case 'indexing':
    case 'exporting':
    case 'summingUp':
    case 'summedUp':
      // Heard by the place that shows conversations.
      return
    case 'generation':
    case 'pictures':
      // Heard by the place that shows pictures.
      return
  }
}
