// Runs inside the window under test: finds elements as a screen reader would, by role and accessible name.

import { computeAccessibleName, getRole } from 'dom-accessibility-api'
import { queryAllByLabelText, queryAllByRole, queryAllByText } from '@testing-library/dom'

/**
 * `name` is text to equal, or { source, flags } of a regular expression. What is hidden from people, or lies behind
 * an open dialog, does not count.
 * Three things have no role of their own: `field` stands for whatever a label of this name belongs to, as a password
 * field, `disclosure` for the line that unfolds what is folded, and `resting` for a button that is not at work.
 */
function find(what, within) {
  const reachable = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body
  return queried(what, within ?? document.body).filter(
    (element) => reachable.contains(element) && !element.closest('[inert]'),
  )
}

function queried({ role, name }, root) {
  const wanted = typeof name === 'object' && name !== null ? new RegExp(name.source, name.flags) : name
  if (role === 'field') return queryAllByLabelText(root, wanted, { selector: 'input, textarea, select' })
  if (role === 'disclosure') return queryAllByText(root, wanted, { selector: 'summary, summary *' })
  if (role === 'resting') return queryAllByRole(root, 'button', { name: wanted, busy: false })
  return queryAllByRole(root, role, wanted === undefined ? {} : { name: wanted })
}

/** What has the focus, as a screen reader would say it. */
function focus() {
  const element = document.activeElement
  if (!element || element === document.body) return null
  return {
    role: getRole(element) ?? element.localName,
    name: computeAccessibleName(element),
  }
}

window.__asAPersonWould = { find, focus }
