import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { root } from '../harness/places.js'
import { answer, answered, chooseModel, connect } from '../harness/steps.js'
import { story } from '../harness/story.js'

/** So many hostile entries in one answer. */
const TOGETHER = 40

story('nothing in an answer runs, and no request leaves', { demo: {} }, async (app) => {
  const seen = []
  const listener = createServer((request, response) => {
    seen.push(request.url)
    response.end()
  })
  await new Promise((resolve) => listener.listen(0, '127.0.0.1', resolve))
  try {
    await connect(app)
    await app.run(() => {
      window.__pwned = 0
      window.pwned = () => window.__pwned++
    })
    await chooseModel(app, 'echo')
    const where = await app.run('return location.href')
    for (const answerText of answers(`127.0.0.1:${listener.address().port}`)) {
      await app.run(putIntoComposer, answerText)
      await app.get('button', 'Send').click()
      await answered(app)
      await answer(app).appear()
      const { pwned, href, foreign } = await app.run(whatHappened)
      assert.equal(pwned, 0, `something ran in:\n${answerText}`)
      assert.equal(href, where, `the page was left by:\n${answerText}`)
      assert.deepEqual(foreign, [], 'the page asks nobody for anything')
    }
    assert.deepEqual(seen, [], 'no request may leave for what an answer names')
  } finally {
    listener.close()
  }
})

function answers(host) {
  const text = readFileSync(join(root, 'tests/fixtures/xss/vectors.txt'), 'utf8').replaceAll('@HOST@', host)
  const entries = text.split(/^%%$/m)
  assert.ok(entries.length >= 200, 'the corpus must not shrink')
  const together = []
  for (let at = 0; at < entries.length; at += TOGETHER)
    together.push(entries.slice(at, at + TOGETHER).join('\n\n'))
  return together
}

/* These run inside the page. */

function putIntoComposer(text) {
  const box = document.querySelector('textarea')
  box.value = text
  box.dispatchEvent(new InputEvent('input', { bubbles: true }))
}

function whatHappened() {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
  const foreign = loaded.filter(
    ({ protocol, host }) => !['tauri:', 'ipc:', 'data:'].includes(protocol) && !host.endsWith('localhost'),
  )
  return { pwned: window.__pwned, href: location.href, foreign: foreign.map(String) }
}
