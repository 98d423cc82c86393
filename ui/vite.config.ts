import { paraglideVitePlugin } from '@inlang/paraglide-js'
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/paraglide',
      strategy: ['globalVariable', 'baseLocale'],
      outputStructure: 'locale-modules',
      emitTsDeclarations: true,
    }),
    svelte(),
  ],
  // The window is always a current WebKit, Chromium or WebView2: nothing is translated down for older ones.
  build: { target: 'esnext', outDir: 'dist', emptyOutDir: true, modulePreload: { polyfill: false } },
  server: { port: 5183, strictPort: true, host: '127.0.0.1' },
  preview: { port: 5184, strictPort: true, host: '127.0.0.1' },
  // Tests meet the code that browsers get, not Svelte's server build.
  resolve: process.env.VITEST ? { conditions: ['browser'] } : {},
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.ts', 'rules/**/*.test.ts'],
    setupFiles: ['./src/test-setup.ts'],
    restoreMocks: true,
    // A busy machine is no failure.
    testTimeout: 60_000,
    // Tests read the stylesheets: contrast is computed from the tokens.
    css: true,
  },
})
