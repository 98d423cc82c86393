import js from '@eslint/js'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import { importX } from 'eslint-plugin-import-x'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'
import noLiteralText from './rules/no-literal-text.js'
import tiers from './rules/tiers.js'
import svelteConfig from './svelte.config.js'

const medley = { rules: { 'no-literal-text': noLiteralText, tiers } }

export default ts.config(
  { ignores: ['dist/', 'src/paraglide/', 'src/bindings/', 'node_modules/', 'project.inlang/'] },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  ts.configs.stylistic,
  svelte.configs.recommended,
  {
    plugins: { medley, 'import-x': importX },
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver()],
      // Cycles are sought among modules; components are leaves that nothing but components import.
      'import-x/extensions': ['.ts'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'medley/tiers': 'error',
      'import-x/no-cycle': 'error',
      // What is only thrown away on purpose says so with `void`.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/require-await': 'off',
      // A function that does nothing is a fair answer to some callbacks.
      '@typescript-eslint/no-empty-function': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
      // TypeScript knows better what is defined.
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'prefer-const': 'off',
      // Maps and sets inside state classes are mostly bookkeeping that nothing should react to.
      'svelte/prefer-svelte-reactivity': 'off',
    },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      'medley/no-literal-text': 'error',
      'svelte/prefer-const': [
        'error',
        { destructuring: 'all', excludedRunes: ['$props', '$derived', '$state'] },
      ],
      // Answers are HTML that the engine has made safe.
      'svelte/no-at-html-tags': 'off',
      // Types inside markup are checked by svelte-check; this parser sees them as `any`.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  // The page of all parts is for those who build Medley.
  { files: ['src/kit/Kit.svelte'], rules: { 'medley/no-literal-text': 'off' } },
  { files: ['**/*.test.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  {
    files: ['**/*.js'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
  { files: ['public/*.js'], languageOptions: { globals: globals.browser, sourceType: 'script' } },
)
