/** Models that work with all tools of a web product: they open the addresses that stand before a question. */
export function opensLinks(model: string): boolean {
  return /(^|[^a-z])all($|[^a-z])/i.test(model)
}

/** What was typed as an address that anybody's program can open, or null. */
export function webAddress(typed: string): string | null {
  const words = typed.trim()
  if (words === '' || /\s/.test(words)) return null
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:/i.test(words) ? words : `https://${words}`)
    const named = url.hostname.includes('.') || url.hostname === 'localhost'
    return (url.protocol === 'https:' || url.protocol === 'http:') && named ? url.href : null
  } catch {
    return null
  }
}
