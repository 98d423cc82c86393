// Reads and writes PNG files as tests need them: 8 bits a channel, nothing interlaced.

import { deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')
/** Bytes of a pixel by the kind of colour. */
const CHANNELS = { 0: 1, 2: 3, 4: 2, 6: 4 }

/** A drawing whose colour changes from place to place, with texts by their names. */
export function drawn(width, height, texts = {}) {
  const rows = Array.from({ length: height }, (_, y) =>
    Buffer.from([0, ...Array.from({ length: width }, (_, x) => [x % 256, y % 256, 140]).flat()]),
  )
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const parts = [
    chunk('IHDR', head),
    ...Object.entries(texts).map(([name, text]) => chunk('tEXt', Buffer.from(`${name}\0${text}`, 'latin1'))),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.of()),
  ]
  return Buffer.concat([SIGNATURE, ...parts])
}

/** Width, height and the channels of each pixel, line by line. */
export function read(file) {
  if (!file.subarray(0, 8).equals(SIGNATURE)) throw new Error('this is no PNG')
  const data = []
  let head
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at)
    const name = file.toString('latin1', at + 4, at + 8)
    const content = file.subarray(at + 8, at + 8 + length)
    if (name === 'IHDR') head = content
    if (name === 'IDAT') data.push(content)
    at += length + 12
  }
  const [width, height, channels] = [head.readUInt32BE(0), head.readUInt32BE(4), CHANNELS[head[9]]]
  if (head[8] !== 8 || !channels || head[12] !== 0) throw new Error('this PNG is of another kind')
  return {
    width,
    height,
    channels,
    pixels: unfiltered(inflateSync(Buffer.concat(data)), width * channels, channels),
  }
}

/** Each line is told as what differs from its neighbours. */
function unfiltered(lines, length, channels) {
  const pixels = Buffer.alloc((lines.length / (length + 1)) * length)
  for (let line = 0, at = 0; at < lines.length; line++) {
    const filter = lines[at++]
    for (let x = 0; x < length; x++, at++) {
      const here = line * length + x
      const left = x >= channels ? pixels[here - channels] : 0
      const up = line > 0 ? pixels[here - length] : 0
      const corner = line > 0 && x >= channels ? pixels[here - length - channels] : 0
      const from = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter]
      pixels[here] = lines[at] + from
    }
  }
  return pixels
}

function nearest(left, up, corner) {
  const guess = left + up - corner
  const [a, b, c] = [left, up, corner].map((one) => Math.abs(guess - one))
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(content.length, 0)
  body.copy(whole, 4)
  whole.writeUInt32BE(checksum(body), body.length + 4)
  return whole
}

function checksum(bytes) {
  let sum = -1
  for (const byte of bytes) {
    sum ^= byte
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0)
  }
  return ~sum >>> 0
}
