// Where a link leads, in two parts: the place that answers, which must not be overlooked, and the rest.

export interface Whither {
  place: string
  rest: string
}

/** Longer addresses are shortened in the middle of nowhere: at their end. */
const LONGEST = 80

export function whither(href: string): Whither {
  const url = URL.parse(href)
  if (!url) return { place: href, rest: '' }
  if (url.protocol === 'mailto:') return { place: readable(url.pathname), rest: '' }
  const rest = readable(url.pathname + url.search + url.hash)
  return { place: url.host, rest: rest === '/' ? '' : shortened(rest) }
}

/** As people write it; as it is where that cannot be told. */
function readable(text: string): string {
  try {
    return decodeURI(text)
  } catch {
    // A stray per cent sign: the address is shown as it is.
    return text
  }
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
