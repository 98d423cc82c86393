// The gallery with 200,000 pictures: opening it, going through it in every way, and what the store and the media folder need for it.

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { launch } from '../../tests/e2e/harness/app.js'
import { built } from '../../tests/e2e/harness/places.js'
import { pssOfGroup } from '../memory.js'
import { median, repeat } from '../median.js'
import { connect } from '../steps.js'

const PICTURES = 200_000
/** Files that the pictures share: more than are ever on the screen. */
const FILES = 120
/** Steps of a wheel, of a hand that drags the scroll bar, and presses of Page Down. */
const [WHEEL, DRAG, PAGES] = [240, 120, 20]

export async function gallery({ runs }) {
  const folder = mkdtempSync(join(tmpdir(), 'medley-gallery-'))
  try {
    const home = join(folder, 'home')
    await fillHome(home, folder)
    const app = await launch({ profile: 'release', home })
    try {
      await opened(app) // The first makes the small pictures: not counted.
      const opening = await repeat(Math.max(runs, 3), async () => {
        await app.restart()
        await pause(1000)
        return opened(app)
      })
      await through(app) // The first draws what was never drawn: not counted for memory.
      const before = pssOfGroup(app.group)
      const seen = await through(app)
      const after = pssOfGroup(app.group)
      return [
        {
          name: `Opening the gallery with ${PICTURES.toLocaleString('en')} pictures to its first screen of thumbnails`,
          unit: 'ms',
          value: median(opening),
          aim: { atMost: 250 },
        },
        {
          name: 'Going through it by wheel, scroll bar, Page Down, Home and End: the longest task',
          unit: 'ms',
          value: seen.longest,
          aim: { atMost: 50 },
        },
        {
          name: 'The longest time without a picture or its colour in the middle',
          unit: 'ms',
          value: seen.empty,
          aim: { atMost: 150 },
        },
        {
          name: 'Memory after going through it again',
          unit: 'MB',
          value: after / 1e6,
          beside: { name: 'before', value: before / 1e6 },
          aim: { ratioAtMost: 1.1 },
        },
        ...inTheStore(),
      ]
    } finally {
      await app.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A service is connected as a person would; then made-up pictures are filled in beside it. */
async function fillHome(home, folder) {
  const app = await launch({ profile: 'release', home, demo: { script: 'tests' } })
  try {
    await connect(app)
    await app.quit()
  } finally {
    await app.close()
  }
  const files = join(folder, 'files')
  mkdirSync(files)
  for (let number = 0; number < FILES; number++) {
    const [width, height] = number % 3 ? [1024 + number, 1024] : [1024, 1536 + number]
    const file = join(files, `${number}-${width}x${height}.jpg`)
    execFileSync(built('examples/photo', 'release'), [file, width, height].map(String))
  }
  execFileSync(built('examples/fill_gallery', 'release'), [home, String(PICTURES), files])
}

/** Milliseconds from the click to the frame in which every picture in view is drawn. */
async function opened(app) {
  await app.run(watchForTheFirstScreen)
  await app.get('link', 'Pictures').at(0).click()
  return app.runAsync((done) => window.__firstScreen.then(done))
}

async function through(app) {
  // The first picture gets the keys.
  await app.run(() => document.querySelector('[role=grid] [role=gridcell]').focus())
  await app.run(watch)
  await app.runAsync(wheel, WHEEL)
  await app.runAsync(drag, DRAG)
  for (let page = 0; page < PAGES; page++) await app.press('PageDown')
  await app.press('Home')
  await app.press('End')
  await app.press('Home')
  return app.runAsync((done) => window.__watched.end(done))
}

function inTheStore() {
  const told = JSON.parse(execFileSync(built('examples/gallery', 'release'), [String(PICTURES), '5']))
  const sum = (names) => names.reduce((all, name) => all + told[`${name}_ms`], 0)
  return [
    {
      name: 'Filtering and searching 200,000 pictures: with a star, wide, by a common word',
      unit: 'ms',
      value: sum(['starred', 'wide', 'common_word']),
      beside: {
        name: 'raw SQLite on the same file',
        value: sum(['raw_starred', 'raw_wide', 'raw_common_word']),
      },
      aim: { ratioAtMost: 1.3 },
    },
  ]
}

/* c8 ignore start: these run inside the page */

function watchForTheFirstScreen() {
  window.__firstScreen = new Promise((resolve) => {
    addEventListener('click', ({ timeStamp }) => requestAnimationFrame(() => look(timeStamp)), {
      once: true,
      capture: true,
    })
    function look(since) {
      const inView = [...document.querySelectorAll('[role=grid] [role=gridcell]')].filter((cell) => {
        const { top, bottom } = cell.getBoundingClientRect()
        return bottom > 0 && top < innerHeight
      })
      const drawn = inView.filter((cell) => {
        const picture = cell.querySelector('img')
        return picture?.complete && picture.naturalWidth > 0
      })
      if (inView.length === 0 || drawn.length < inView.length) return requestAnimationFrame(() => look(since))
      // The frame that was just prepared is on the screen when the next one begins.
      requestAnimationFrame((now) => resolve(now - since))
    }
  })
}

/** Notes the longest pause between two turns of the loop, and the longest time in which nothing stands in the middle. */
function watch() {
  let [longest, empty, going] = [0, 0, true]
  let before = performance.now()
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    const now = performance.now()
    longest = Math.max(longest, now - before)
    before = now
    if (going) setTimeout(() => port2.postMessage(0), 4)
  }
  port2.postMessage(0)
  let since
  const look = (now) => {
    const grid = document.querySelector('[role=grid]')
    const { left, width } = grid.getBoundingClientRect()
    const places = [0.2, 0.5, 0.8].map((part) =>
      document.elementFromPoint(left + width * part, innerHeight * 0.6),
    )
    const held = places.some((place) => place?.closest('[role=gridcell], [role=rowheader]'))
    since = held ? undefined : (since ?? now)
    if (since !== undefined) empty = Math.max(empty, now - since)
    if (going) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  window.__watched = {
    end(done) {
      going = false
      port1.close()
      done({ longest, empty })
    },
  }
}

function wheel(steps, done) {
  let view = document.querySelector('[role=grid]')
  while (view.scrollHeight <= view.clientHeight || getComputedStyle(view).overflowY === 'visible')
    view = view.parentElement
  let left = steps
  const next = () => {
    view.scrollTop += 400
    if (--left > 0) requestAnimationFrame(next)
    else done()
  }
  requestAnimationFrame(next)
}

function drag(steps, done) {
  let view = document.querySelector('[role=grid]')
  while (view.scrollHeight <= view.clientHeight || getComputedStyle(view).overflowY === 'visible')
    view = view.parentElement
  let step = 0
  const next = () => {
    view.scrollTop = ((view.scrollHeight - view.clientHeight) * ++step) / steps
    if (step < steps) requestAnimationFrame(next)
    else done()
  }
  requestAnimationFrame(next)
}
