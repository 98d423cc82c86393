// Pictures where there is no media folder: a landscape in colours that the id chooses, drawn as an address.

/** A picture for an id; the same id is always the same picture. */
export function paint(id: string): string {
  const hue = [...id].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 360, 7)
  const sky = `<rect width="3" height="2" fill="hsl(${hue} 45% 78%)"/>`
  const sun = `<circle cx="2.2" cy=".6" r=".28" fill="hsl(${(hue + 150) % 360} 70% 70%)"/>`
  const hills = `<path d="M0 1.5Q.8.8 1.6 1.4T3 1.2V2H0z" fill="hsl(${(hue + 90) % 360} 30% 45%)"/>`
  const drawn = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2">${sky}${sun}${hills}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(drawn)}`
}
