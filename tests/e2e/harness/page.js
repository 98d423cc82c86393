// Puts our queries and axe into the page that the window shows, once per page.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const queries = await bundle('../page/queries.js')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The elements with this role and name, and what has the focus: see page/queries.js. */
export async function ask(web, verb, ...details) {
  const call =
    'const [verb, ...details] = arguments; const ours = window.__asAPersonWould;' +
    'return ours ? { is: ours[verb](...details) } : null'
  let answer = await web.executeScript(call, verb, ...details)
  if (!answer) {
    await web.executeScript(queries)
    answer = await web.executeScript(call, verb, ...details)
  }
  return answer.is
}

/** Waits until everything asked for is drawn and has stopped moving: halfway through fading in, colours are pale. */
export function atRest(web) {
  return web.executeAsyncScript(waitForRest)
}

/** Runs inside the page. What moves for ever, as a spinner, is not waited for. */
function waitForRest(done) {
  const ends = (animation) => Number.isFinite(animation.effect.getComputedTiming().endTime)
  const stopped = () =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map(({ finished }) => finished),
    )
  requestAnimationFrame(() => requestAnimationFrame(() => stopped().then(() => done())))
}

/**
 * What the window looks like. The driver waits for a frame, and without a graphics card nothing is drawn while nothing
 * changes: so a point in the corner changes meanwhile.
 */
export async function picture(web) {
  await web.executeScript(stir)
  try {
    return await web.takeScreenshot()
  } finally {
    await web.executeScript('clearInterval(window.__stirred); document.getElementById("stirred")?.remove()')
  }
}

/** Runs inside the page. */
function stir() {
  const point = document.createElement('i')
  point.id = 'stirred'
  point.style.cssText =
    'position:fixed;inset:auto 0 0 auto;width:1px;height:1px;pointer-events:none;z-index:9999'
  document.body.append(point)
  let on = false
  window.__stirred = setInterval(() => {
    on = !on
    point.style.background = `rgb(128 128 128 / ${on ? 0.02 : 0.01})`
  }, 40)
}

/** What axe finds wrong with the page, in a line per finding; none is what we want. */
export async function audit(web) {
  if (!(await web.executeScript('return Boolean(window.axe)'))) await web.executeScript(axe)
  await atRest(web)
  const violations = await web.executeAsyncScript(runAxe)
  return violations.map(({ id, help, at }) => `${id}: ${help} (${at.slice(0, 4).join(' | ')})`)
}

/** Runs inside the page. */
function runAxe(done) {
  const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  // This rule compares words at the spaces between them, and Chinese has none.
  const spaced = !document.documentElement.lang.startsWith('zh')
  const rules = { 'label-content-name-mismatch': { enabled: spaced } }
  const brief = ({ id, help, nodes }) => ({ id, help, at: nodes.map((node) => node.target.join(' ')) })
  window.axe.run(document, { runOnly, rules }).then(
    (result) => done(result.violations.map(brief)),
    (error) => done([{ id: 'axe itself failed', help: String(error), at: [] }]),
  )
}

async function bundle(path) {
  const entry = fileURLToPath(new URL(path, import.meta.url))
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    minify: true,
  })
  return result.outputFiles[0].text
}
