import { RuleTester } from 'eslint'
import parser from 'svelte-eslint-parser'
import ts from 'typescript-eslint'
import { describe, it } from 'vitest'
import noLiteralText from './no-literal-text.js'
import tiers from './tiers.js'

RuleTester.describe = describe
RuleTester.it = it

new RuleTester({ languageOptions: { parser } }).run('no-literal-text', noLiteralText, {
  valid: [
    '<p>{m.hello()}</p>',
    '<p>· — 1</p>',
    '<button aria-label={m.close()}>×</button>',
    '<input placeholder="" />',
    '<style>.pad { color: red; }</style>',
    '<p class="hello" id="world"></p>',
  ],
  invalid: [
    { code: '<p>Hello</p>', errors: [{ messageId: 'literal' }] },
    { code: '<p>{name} 你好</p>', errors: [{ messageId: 'literal' }] },
    { code: '<button aria-label="Close">×</button>', errors: [{ messageId: 'literal' }] },
    { code: '<Field label="Name" />', errors: [{ messageId: 'literal' }] },
  ],
})

const at = (path: string) => `/home/somebody/ui/src/${path}`

new RuleTester({ languageOptions: { parser: ts.parser } }).run('tiers', tiers, {
  valid: [
    { filename: at('features/chat/a.ts'), code: "import { b } from './list/b'" },
    { filename: at('features/chat/a.ts'), code: "import { host } from '../../host'" },
    { filename: at('shell/a.ts'), code: "import { b } from '../features/chat/b'" },
    { filename: at('host/tauri.ts'), code: "import { invoke } from '@tauri-apps/api/core'" },
    { filename: at('kit/a.ts'), code: "import { m } from '../paraglide/messages'" },
    { filename: at('state/a.test.ts'), code: "import { b } from '../shell/b'" },
  ],
  invalid: [
    {
      filename: at('features/chat/a.ts'),
      code: "import { b } from '../settings/b'",
      errors: [{ messageId: 'feature' }],
    },
    {
      filename: at('features/chat/a.ts'),
      code: "import { b } from '../../shell/b'",
      errors: [{ messageId: 'border' }],
    },
    { filename: at('kit/a.ts'), code: "import { b } from '../state/b'", errors: [{ messageId: 'border' }] },
    {
      filename: at('kit/a.ts'),
      code: "import type { Model } from '../bindings/Model'",
      errors: [{ messageId: 'border' }],
    },
    { filename: at('host/a.ts'), code: "export { b } from '../state/b'", errors: [{ messageId: 'border' }] },
    {
      filename: at('state/a.ts'),
      code: "import { invoke } from '@tauri-apps/api/core'",
      errors: [{ messageId: 'tauri' }],
    },
  ],
})
