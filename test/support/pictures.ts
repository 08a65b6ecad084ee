/** Minimal pictures and videos, with the metadata that phones and editors put into them. */
import { crc32 } from 'node:zlib'

const text = (value: string): Buffer => Buffer.from(value, 'latin1')

/** One chunk of a PNG. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  data.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}

export const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex')

export function pngHead(width: number, height: number): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  data[8] = 8
  return pngChunk('IHDR', data)
}

/** A whole PNG; `pixels` replaces the compressed pixels, `extra` are chunks between header and pixels. */
export const png = (pixels: string, width = 640, height = 480, extra: readonly Buffer[] = []): Buffer =>
  Buffer.concat([
    PNG_SIGNATURE,
    pngHead(width, height),
    ...extra,
    pngChunk('IDAT', Buffer.from(pixels)),
    pngChunk('IEND', Buffer.alloc(0)),
  ])

/** One segment of a JPEG. */
export function jpegSegment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

export function jpegFrame(width: number, height: number, marker = 0xc0): Buffer {
  const body = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0])
  body.writeUInt16BE(height, 1)
  body.writeUInt16BE(width, 3)
  return jpegSegment(marker, body)
}

/** The header of a scan and its coded pixels; a 0xff among them must already be stuffed (followed by 0x00). */
export const jpegScan = (coded: Buffer): Buffer =>
  Buffer.concat([jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), coded])

/** A whole JPEG; `extra` are segments before its frame. */
export const jpeg = (extra: readonly Buffer[] = [], coded = Buffer.from([0x12, 0xff, 0x00, 0x34])): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    ...extra,
    jpegSegment(0xdb, Buffer.alloc(65, 1)),
    jpegFrame(1200, 900),
    jpegSegment(0xc4, Buffer.alloc(20, 1)),
    jpegScan(coded),
    Buffer.from([0xff, 0xd9]),
  ])

export function webpChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(8 + data.length + (data.length % 2))
  chunk.write(type, 0, 'latin1')
  chunk.writeUInt32LE(data.length, 4)
  data.copy(chunk, 8)
  return chunk
}

export const webp = (...chunks: readonly Buffer[]): Buffer =>
  webpChunk('RIFF', Buffer.concat([text('WEBP'), ...chunks]))

/** One box of an MP4. */
export function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + body.length, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

export const mp4 = (...boxes: readonly Buffer[]): Buffer =>
  Buffer.concat([box('ftyp', text('isom'), Buffer.alloc(4)), ...boxes])

/**
 * A TIFF block as phones write it: the orientation, the maker, and a position (31°13'48"N, 121°28'12"E).
 *
 * Layout: header 0–7 (byte order, 42, offset of the first directory) · directory at 8 (3 entries: maker, orientation, pointer
 * to the GPS directory) · GPS directory at 50 · maker's text at 100 · latitude's rationals at 130 · `POSITION` at 160
 */
export function tiff(orientation: number, order: 'II' | 'MM' = 'MM', maker = 'canary-maker'): Buffer {
  const block = Buffer.alloc(200)
  const u16 = (value: number, at: number): number =>
    order === 'II' ? block.writeUInt16LE(value, at) : block.writeUInt16BE(value, at)
  const u32 = (value: number, at: number): number =>
    order === 'II' ? block.writeUInt32LE(value, at) : block.writeUInt32BE(value, at)
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    u16(tag, at)
    u16(type, at + 2)
    u32(count, at + 4)
    if (type === 3) u16(value, at + 8)
    else u32(value, at + 8)
  }
  block.write(order, 0, 'latin1')
  u16(42, 2)
  u32(8, 4)
  u16(3, 8)
  entry(10, 0x010f, 2, maker.length + 1, 100)
  entry(22, 0x0112, 3, 1, orientation)
  entry(34, 0x8825, 4, 1, 50)
  block.write(maker, 100, 'latin1')
  u16(1, 50)
  entry(52, 0x0002, 5, 3, 130)
  for (const [i, value] of [31, 1, 13, 1, 48, 1].entries()) u32(value, 130 + 4 * i)
  block.write(POSITION, 160, 'latin1')
  return block
}

/** A text that no file may contain after its metadata was stripped. */
export const POSITION = '+31.2300+121.4700/'

export const exif = (orientation: number, order: 'II' | 'MM' = 'MM'): Buffer =>
  jpegSegment(0xe1, Buffer.concat([text('Exif\0\0'), tiff(orientation, order)]))
