// Opening a conversation of 10,000 messages to its last screen, measured inside the page: from the click to the
// frame that shows the last message, and how many message nodes the page then holds.

import { setTimeout as pause } from 'node:timers/promises'
import { launch } from '../../tests/e2e/harness/app.js'
import { median, repeat } from '../median.js'
import { conversation, LONG, openLongConversation, openShortConversation } from '../steps.js'

/** The page comes to rest after what was looked up in it, as it does before a person's next click. */
const SETTLE = 1000

export async function longConversation({ runs, home }) {
  const app = await launch({ profile: 'release', home })
  try {
    await openLongConversation(app)
    const lastWords = await app.run(wordsOfTheLastArticle)
    const opened = await repeat(runs, async () => {
      await openShortConversation(app)
      await pause(SETTLE)
      await app.run(watchForTheLastScreen, lastWords)
      // From here on nothing may look at the page: what looks, holds it up.
      await conversation(app, LONG).click()
      return app.runAsync(whatWasSeen)
    })
    return [
      {
        name: 'Opening a conversation of 10,000 messages to its last screen',
        unit: 'ms',
        value: median(opened.map(({ took }) => took)),
        aim: { atMost: 100 },
      },
      {
        name: 'Message nodes in the page then',
        unit: '',
        value: Math.max(...opened.map(({ nodes }) => nodes)),
        aim: { atMost: 79 },
      },
    ]
  } finally {
    await app.close()
  }
}

/* c8 ignore start: these run inside the page */

function wordsOfTheLastArticle() {
  return [...document.querySelectorAll('[role=log] article')].at(-1).innerText.slice(-200)
}

function watchForTheLastScreen(lastWords) {
  window.__lastScreen = new Promise((resolve) => {
    addEventListener('click', ({ timeStamp }) => requestAnimationFrame(() => look(timeStamp)), {
      once: true,
      capture: true,
    })
    function look(since) {
      const articles = document.querySelectorAll('[role=log] article')
      const last = articles[articles.length - 1]
      const shown =
        last?.innerText.slice(-200) === lastWords && last.getBoundingClientRect().top < innerHeight
      if (!shown) return requestAnimationFrame(() => look(since))
      // The frame that was just prepared is on the screen when the next one begins.
      requestAnimationFrame((now) => resolve({ took: now - since, nodes: articles.length }))
    }
  })
}

function whatWasSeen(done) {
  window.__lastScreen.then(done)
}
