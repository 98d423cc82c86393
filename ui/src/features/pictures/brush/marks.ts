// What was painted over a picture, as marks in their order: they are kept with the draft, can be taken back one by one,
// and the engine draws the mask from them. Here they are only drawn to be looked at.
import type { PaintedMark } from '../../../bindings/PaintedMark'

/** Marks over the reference with this id. */
export interface Painting {
  of: string
  width: number
  height: number
  marks: readonly PaintedMark[]
}

/** Whether anything may be painted: exactly that is known to whoever draws it. */
export function isPainted(painting: Painting | null): painting is Painting {
  if (!painting) return false
  const since = painting.marks.findLastIndex(({ kind }) => kind === 'clear')
  return painting.marks.slice(since + 1).some(({ kind }) => kind === 'paint' || kind === 'invert')
}

/** Draws what is painted, opaque, into a canvas of another size. */
export function draw(
  pen: CanvasRenderingContext2D,
  marks: readonly PaintedMark[],
  { width, height }: { width: number; height: number },
): void {
  const { canvas } = pen
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.globalCompositeOperation = 'source-over'
  pen.clearRect(0, 0, canvas.width, canvas.height)
  pen.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0)
  pen.lineCap = pen.lineJoin = 'round'
  for (const mark of marks) {
    if (mark.kind === 'clear') pen.clearRect(0, 0, width, height)
    else if (mark.kind === 'invert') {
      pen.globalCompositeOperation = 'xor'
      pen.fillRect(0, 0, width, height)
    } else {
      pen.globalCompositeOperation = mark.kind === 'paint' ? 'source-over' : 'destination-out'
      stroke(pen, mark)
    }
  }
}

function stroke(
  pen: CanvasRenderingContext2D,
  { size, points }: { size: number; points: readonly number[] },
) {
  const [x = 0, y = 0] = points
  pen.beginPath()
  // A line without a length is nothing to some engines.
  if (points.length < 4) {
    pen.arc(x, y, size / 2, 0, 2 * Math.PI)
    return pen.fill()
  }
  pen.lineWidth = size
  pen.moveTo(x, y)
  for (let at = 2; at + 1 < points.length; at += 2) pen.lineTo(points[at] ?? 0, points[at + 1] ?? 0)
  pen.stroke()
}

/** Stripes in the colours of what is drawn, so that they are seen on any picture. */
export function stripe(pen: CanvasRenderingContext2D, colours: [string, string], width: number): void {
  const { width: across, height: down } = pen.canvas
  pen.setTransform(1, 0, 0, 1, 0, 0)
  pen.globalCompositeOperation = 'source-in'
  pen.fillStyle = colours[0]
  pen.fillRect(0, 0, across, down)
  pen.globalCompositeOperation = 'source-atop'
  pen.strokeStyle = colours[1]
  pen.lineWidth = width
  pen.beginPath()
  for (let at = -down; at < across; at += width * 3) {
    pen.moveTo(at, down)
    pen.lineTo(at + down, 0)
  }
  pen.stroke()
}
