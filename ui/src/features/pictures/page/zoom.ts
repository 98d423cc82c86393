// Where a picture lies in its pane: how large, and which point of it is in the middle. Everything is in CSS pixels but
// scales, which count screen pixels for each pixel of the picture, so that 1 is as sharp as the screen can be.

export interface Size {
  width: number
  height: number
}

/** A point, in the pane from its upper left corner, or in the picture as shares of its width and height. */
export interface Point {
  x: number
  y: number
}

/** Where the picture is drawn. */
export interface Frame extends Size {
  left: number
  top: number
}

export const MIDDLE: Point = { x: 0.5, y: 0.5 }
/** Where "larger" and "smaller" stop. */
const STOPS = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16]
const LARGEST = 16
/** From here on single pixels are looked at, and smoothing only hides them. */
const PIXELS_FROM = 4

/** All of the picture, as large as the pane allows and never larger than it is. */
export function fitting(pane: Size, size: Size, density: number): number {
  if (size.width <= 0 || size.height <= 0 || pane.width <= 0 || pane.height <= 0) return 1
  return Math.min(1, (pane.width * density) / size.width, (pane.height * density) / size.height)
}

/** Never smaller than all of it, never beyond what shows anything. */
export function limited(scale: number, fit: number): number {
  return Math.min(Math.max(scale, fit), Math.max(LARGEST, fit))
}

/** The next stop, larger or smaller; fitting is a stop too. */
export function stopFrom(scale: number, by: 1 | -1, fit: number): number {
  const stops = [...STOPS.filter((stop) => stop > fit), fit].toSorted((one, other) => one - other)
  // What is all but at a stop is at it.
  const beyond = (stop: number) => (by === 1 ? stop > scale * 1.01 : stop < scale * 0.99)
  const found = by === 1 ? stops.find(beyond) : stops.findLast(beyond)
  return limited(found ?? scale, fit)
}

/** Drawn at this scale with this point in the middle of the pane; no gap opens where there is picture to fill it. */
export function framed(pane: Size, size: Size, scale: number, middle: Point, density: number): Frame {
  const width = (size.width * scale) / density
  const height = (size.height * scale) / density
  return {
    width,
    height,
    left: placed(pane.width, width, middle.x),
    top: placed(pane.height, height, middle.y),
  }
}

/** The point of the picture that lies in the middle of the pane. */
export function middleOf(pane: Size, frame: Frame): Point {
  return {
    x: frame.width > 0 ? (pane.width / 2 - frame.left) / frame.width : 0.5,
    y: frame.height > 0 ? (pane.height / 2 - frame.top) / frame.height : 0.5,
  }
}

/** Which point comes to the middle so that what lies under `at` stays there while the frame grows `times`. */
export function heldAt(pane: Size, frame: Frame, times: number, at: Point): Point {
  const middle = middleOf(pane, frame)
  const share = (from: number, whole: number) => (whole > 0 ? (from * (1 - 1 / times)) / whole : 0)
  return {
    x: middle.x + share(at.x - pane.width / 2, frame.width),
    y: middle.y + share(at.y - pane.height / 2, frame.height),
  }
}

/** Something of it lies outside; of a pane that is not measured yet nobody knows. */
export function reachesOut(pane: Size, frame: Frame): boolean {
  if (pane.width <= 0 || pane.height <= 0) return false
  return frame.width > pane.width + 0.5 || frame.height > pane.height + 0.5
}

export function showsPixels(scale: number): boolean {
  return scale >= PIXELS_FROM
}

function placed(pane: number, length: number, middle: number): number {
  if (length <= pane) return (pane - length) / 2
  return Math.min(0, Math.max(pane - length, pane / 2 - middle * length))
}
