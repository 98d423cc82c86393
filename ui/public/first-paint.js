// Runs before anything is painted: theme, text size and language as they were last time, so that nothing
// flashes while the window asks for the real settings. Written by src/state/appearance.svelte.ts.
try {
  const look = JSON.parse(localStorage.getItem('look') ?? '{}')
  const root = document.documentElement
  if (look.theme === 'light' || look.theme === 'dark') root.dataset.theme = look.theme
  if (look.textScale) root.style.setProperty('--text-scale', String(look.textScale / 100))
  if (look.language) root.lang = look.language
} catch {
  // Without a memory of last time, the system's own looks are right.
}
