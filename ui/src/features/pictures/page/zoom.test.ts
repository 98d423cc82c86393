import { describe, expect, it } from 'vitest'
import { fitting, framed, stopFrom } from './zoom'
import { Zoom } from './zoom.svelte'

const pane = { width: 800, height: 600 }

function zoomOn(width: number, height: number) {
  const zoom = new Zoom()
  zoom.pane = pane
  zoom.size = { width, height }
  return zoom
}

describe('how large a picture is', () => {
  it('fits into the pane and is never enlarged by that', () => {
    expect(fitting(pane, { width: 1600, height: 600 }, 1)).toBe(0.5)
    expect(fitting(pane, { width: 100, height: 100 }, 1)).toBe(1)
    expect(fitting(pane, { width: 1600, height: 1200 }, 2), 'a dense screen shows more').toBe(1)
  })

  it('goes from stop to stop, and all of it is one of them', () => {
    expect(stopFrom(0.6, 1, 0.6)).toBe(0.75)
    expect(stopFrom(0.75, -1, 0.6)).toBe(0.6)
    expect(stopFrom(0.6, -1, 0.6), 'not smaller').toBe(0.6)
    expect(stopFrom(16, 1, 0.6), 'not larger').toBe(16)
  })

  it('lies in the middle where there is room, and leaves no gap where there is none', () => {
    expect(framed(pane, { width: 400, height: 300 }, 1, { x: 0, y: 0 }, 1)).toMatchObject({
      left: 200,
      top: 150,
    })
    expect(framed(pane, { width: 1600, height: 300 }, 1, { x: 0, y: 0 }, 1)).toMatchObject({
      left: 0,
      top: 150,
    })
    expect(framed(pane, { width: 1600, height: 300 }, 1, { x: 1, y: 0 }, 1)).toMatchObject({ left: -800 })
  })
})

describe('looking closer', () => {
  it('holds what lies under the pointer', () => {
    const zoom = zoomOn(1600, 1200)
    const at = { x: 200, y: 150 }
    const under = () => (at.x - zoom.frame.left) / zoom.frame.width
    const before = under()
    zoom.to(1, at)
    expect(under()).toBeCloseTo(before)
    zoom.by(1.7, at)
    expect(under()).toBeCloseTo(before)
    expect(zoom.scale).toBeCloseTo(1.7)
  })

  it('stays all of it when the window changes, until something else is chosen', () => {
    const zoom = zoomOn(1600, 1200)
    expect(zoom.scale).toBe(0.5)
    zoom.pane = { width: 400, height: 600 }
    expect(zoom.scale).toBe(0.25)
    zoom.actual()
    zoom.pane = pane
    expect(zoom.scale).toBe(1)
  })

  it('moves as far as there is picture, and comes back at once', () => {
    const zoom = zoomOn(1600, 1200)
    zoom.move(50, 50)
    expect(zoom.frame, 'all of it does not move').toMatchObject({ left: 0, top: 0 })
    zoom.actual()
    expect(zoom.frame).toMatchObject({ left: -400, top: -300 })
    zoom.move(10_000, 0)
    expect(zoom.frame.left).toBe(0)
    zoom.move(-10, 0)
    expect(zoom.frame.left, 'what was dragged beyond the edge is not owed').toBeCloseTo(-10)
    zoom.stride(1, 0)
    expect(zoom.frame.left).toBeCloseTo(-130)
  })

  it('turns between all of it and its own size; what is small is doubled', () => {
    const zoom = zoomOn(1600, 1200)
    zoom.turn({ x: 0, y: 0 })
    expect([zoom.scale, zoom.frame.left]).toEqual([1, 0])
    zoom.turn({ x: 0, y: 0 })
    expect(zoom.closer).toBe(false)
    const small = zoomOn(100, 100)
    small.turn({ x: 400, y: 300 })
    expect(small.scale).toBe(2)
  })
})
