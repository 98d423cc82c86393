// Pictures where there is no media folder: a landscape in colours that the id chooses, drawn as an address.

/** A picture for an id; the same id is always the same picture. An id that ends in a size ("-1536x1024") has it. */
export function paint(id: string): string {
  const hue = [...id].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 360, 7)
  const [, width = '3', height = '2'] = /-(\d+)x(\d+)$/.exec(id) ?? []
  const sky = `<rect width="3" height="2" fill="hsl(${hue} 45% 78%)"/>`
  const sun = `<circle cx="${1 + (hue % 9) / 9}" cy=".6" r=".28" fill="hsl(${(hue + 150) % 360} 70% 70%)"/>`
  const hills = `<path d="M0 1.5Q.8.8 1.6 1.4T3 1.2V2H0z" fill="hsl(${(hue + 90) % 360} 30% 45%)"/>`
  const box = `width="${width}" height="${height}" viewBox="0 0 3 2" preserveAspectRatio="xMidYMid slice"`
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" ${box}>${sky}${sun}${hills}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(drawn)}`
}
