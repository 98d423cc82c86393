// What a person does again and again, said once: connecting a service, choosing a model, asking.

/** A key of the shape that services give out. */
export const KEY = 'sk-story-5f0c1d7e9a2b48c6'

/** From the first screen to a connected demo gateway, as "Other" service. */
export async function connect(app, { key = KEY, address = app.demo.url } = {}) {
  await app.get('button', 'Connect a service').click()
  await fillConnectForm(app, { key, address })
  await app.get('button', 'Connect').click()
  await app.get('button', 'Start').click()
  await app.get('dialog', 'Welcome').vanish()
}

export async function fillConnectForm(app, { key, address }) {
  await choose(app, 'Service', 'Other')
  await app.get('textbox', 'Address').fill(address)
  await app.get('field', 'Key').fill(key)
}

/** Opens a list to choose from and takes one row. */
export async function choose(app, combobox, option) {
  await app.get('combobox', combobox).click()
  await app.get('option', option).click()
}

export async function chooseModel(app, model) {
  await app.get('combobox', 'Model').click()
  await app.type(model)
  await app
    .get('option', new RegExp(`^${model}\\b`))
    .at(0)
    .click()
}

/** More letters than this are not typed one by one. */
const LONG = 200

/** Puts words on the desk at once, as pasting does. */
async function insert(app, words) {
  await app.get('textbox', 'Message').click()
  await app.run((text) => document.execCommand('insertText', false, text), words)
}

/** Asks in the open conversation and waits until the question stands there, not for the answer. */
export async function ask(app, words, model) {
  if (model) await chooseModel(app, model)
  if (words.length > LONG) await insert(app, words)
  else await app.get('textbox', 'Message').fill(words)
  await app.get('button', 'Send').click()
  await app.get('log', 'Conversation').get('article', 'You').at(-1).says(words)
}

/** Chooses these models in "Ask several models". */
export async function askSeveral(app, models) {
  await app.get('button', 'Ask several').click()
  const dialog = app.get('dialog', 'Ask several models')
  await dialog.appear()
  for (let more = 2; more < models.length; more++) await dialog.get('button', 'Add a model').click()
  for (const [place, model] of models.entries()) {
    await dialog.get('combobox', `Model ${place + 1}`).click()
    await app.type(model)
    await app
      .get('option', new RegExp(`^${model}(\\s|$)`))
      .at(0)
      .click()
  }
  await dialog.get('button', 'Ask these').click()
  await dialog.vanish()
}

/** The newest answer, whatever its model is called: not the person's own words. */
export function answer(app) {
  return app
    .get('log', 'Conversation')
    .get('article', /^(?!You$)/)
    .at(-1)
}

/** Waits until nothing is being written any more. */
export async function answered(app, seconds = 30) {
  // What was pressed a moment ago is on its way while "Send" is busy, and is written while "Stop" stands in its place.
  await app.get('resting', 'Send').appear(seconds)
}

/** The last question that reached the demo gateway; titles are asked for behind it, in one piece. */
export async function lastAsked(app) {
  return (await asked(app)).at(-1)
}

/** What was asked, oldest first, without the titles. */
export async function asked(app) {
  const requests = await app.demo.requests()
  return requests.map(({ body }) => body).filter((body) => body?.stream)
}

/** A row of the list of conversations by its title, or any row. */
export function conversation(app, title) {
  const name = title ? new RegExp(`^${title}`) : /^(?!More about)/
  return app.get('list', 'Conversations').get('button', name)
}
