// Words in markup must come from the messages, or they exist in one language only. Looks at text between tags and
// at attributes that people see or hear.

const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'alt',
  'title',
  'placeholder',
  'label',
])
const WORD = /\p{L}{2,}/u

/** @type {import('eslint').Rule.RuleModule} */
export default {
  meta: {
    type: 'problem',
    docs: { description: 'Disallow literal text in markup' },
    messages: { literal: 'Literal text “{{text}}”: take it from the messages.' },
    schema: [],
  },
  create(context) {
    const report = (node, text) => {
      if (WORD.test(text))
        context.report({ node, messageId: 'literal', data: { text: text.trim().slice(0, 30) } })
    }
    return {
      SvelteText: (node) => {
        const isCode = ['SvelteStyleElement', 'SvelteScriptElement'].includes(node.parent.type)
        if (!isCode) report(node, node.value)
      },
      SvelteAttribute: (node) => {
        if (!SPOKEN.has(node.key.name)) return
        for (const part of node.value) if (part.type === 'SvelteLiteral') report(part, part.value)
      },
    }
  },
}
