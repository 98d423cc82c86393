// The time of day for what counts seconds; it goes only while somebody looks.
import { createSubscriber } from 'svelte/reactivity'

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, 1000)
  return () => clearInterval(timer)
})

export const clockTick = {
  get now(): number {
    subscribe()
    return Date.now()
  },
}
