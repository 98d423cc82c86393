// Fills the window with what the engine has, and tells the engine once something can be used.
import { mount } from 'svelte'
import './styles/all.css'
import { chat } from './features/chat/chat.svelte'
import { failureOf, host } from './host'
import App from './shell/App.svelte'
import { begin } from './state/start'

async function open() {
  chat.begin(await begin())
  mount(App, { target: document.body })
}

try {
  if (import.meta.env.DEV && location.search === '?kit') {
    const { default: Kit } = await import('./kit/Kit.svelte')
    mount(Kit, { target: document.body })
  } else await open()
} catch (thrown) {
  const { default: Unready } = await import('./shell/Unready.svelte')
  mount(Unready, { target: document.body, props: { failure: failureOf(thrown) } })
}
// Two frames: the first draws what was mounted, the second begins when that is on the screen.
requestAnimationFrame(() => requestAnimationFrame(() => void host.ready()))
