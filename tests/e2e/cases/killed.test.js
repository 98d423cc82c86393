import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { answer, ask, connect, conversation } from '../harness/steps.js'
import { story } from '../harness/story.js'

/** What was received this long before a power cut must be there afterwards. */
const KEPT_AFTER = 250
/** Instants of a kill, in milliseconds after the first words. */
const INSTANTS = [300, 470, 710, 1130]

story('killed in the middle of an answer, and nothing is lost', { demo: {} }, async (app) => {
  await connect(app)
  for (const instant of INSTANTS) {
    await app.get('button', 'New chat').at(0).click()
    await ask(app, `Until ${instant}`, 'slow')
    await words(app).says(/\w+ \w+/)
    await pause(instant)
    const seen = await words(app).text()
    await pause(KEPT_AFTER)
    await app.kill9()

    await app.open()
    await conversation(app).at(0).click()
    await answer(app).says('Medley was closed in the middle of this answer.')
    const kept = await words(app).text()
    assert.ok(kept.startsWith(seen), `what was on the screen is kept: "${seen}", afterwards "${kept}"`)
    await answer(app).get('button', 'Continue').at(0).appear()
  }
})

/** The words of the answer itself, without what stands around them. */
function words(app) {
  return answer(app).get('paragraph').at(0)
}
