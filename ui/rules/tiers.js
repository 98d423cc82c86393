// Who may know whom inside the UI. A file belongs to the tier named by its first folder under src.

/** Tiers from the ground up, and what each may import besides itself, the bindings and the messages. */
const MAY = {
  bindings: [],
  paraglide: [],
  host: [],
  kit: [],
  state: ['host', 'kit'],
  parts: ['host', 'kit', 'state'],
  features: ['host', 'kit', 'state', 'parts'],
  shell: ['host', 'kit', 'state', 'parts', 'features'],
}
const EVERYBODY = ['bindings', 'paraglide']
const KIT_ONLY = ['paraglide']

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Keep the borders between the tiers of the UI' },
    messages: {
      border: '{{from}} must not know {{to}}.',
      feature: 'The feature {{from}} must not know the feature {{to}}.',
      tauri: 'Only host knows Tauri.',
    },
    schema: [],
  },
  create(context) {
    const here = placeOf(context.filename)
    const isTest = /\.test\.ts$|test-setup\.ts$/.test(context.filename)
    const check = (node) => {
      const wanted = node.source?.value
      if (typeof wanted !== 'string' || !here) return
      if (wanted.startsWith('@tauri-apps/') && here.tier !== 'host')
        context.report({ node, messageId: 'tauri' })
      if (!wanted.startsWith('.')) return
      const there = placeOf(new URL(wanted, `file://${context.filename}`).pathname)
      if (!there || isTest) return
      if (here.tier === 'features' && there.tier === 'features' && here.part !== there.part) {
        context.report({ node, messageId: 'feature', data: { from: here.part, to: there.part } })
      }
      if (!mayKnow(here.tier, there.tier)) {
        context.report({ node, messageId: 'border', data: { from: here.tier, to: there.tier } })
      }
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    }
  },
}

function mayKnow(from, to) {
  if (from === to || !(from in MAY)) return true
  return [...MAY[from], ...(from === 'kit' ? KIT_ONLY : EVERYBODY)].includes(to)
}

function placeOf(file) {
  const [, path] = file.split('/ui/src/')
  if (!path?.includes('/')) return undefined
  const [tier, part] = path.split('/')
  return { tier, part }
}
