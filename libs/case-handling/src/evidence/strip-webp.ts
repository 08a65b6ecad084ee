import type { Orientation } from './exif-orientation'
import { buildOrientationBlock, readOrientation } from './exif-orientation'

/** Flags of VP8X (WebP container specification, "Extended File Format"). */
const VP8X_FLAGS = { icc: 0x20, alpha: 0x10, exif: 0x08, animation: 0x02 }
const PIXEL_CHUNKS = new Set(['VP8 ', 'VP8L', 'ANMF'])
const KEPT_CHUNKS = new Set(['VP8X', 'ICCP', 'ANIM', 'ALPH', ...PIXEL_CHUNKS])
const FRAME_CHUNKS = new Set(['ALPH', 'VP8 ', 'VP8L'])
/** Bytes before the chunks of one frame of an animation. */
const FRAME_HEAD = 16

interface WebpChunk {
  readonly type: string
  readonly data: Buffer
}

/**
 * Removes the metadata of a WebP: Exif, XMP, unknown chunks and whatever follows the picture. The pixels stay byte for
 * byte; the orientation is written again. `undefined`: it is not a complete WebP.
 */
export function stripWebp(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 20) return undefined
  const end = 8 + bytes.readUInt32LE(4)
  const chunks = end > bytes.length ? undefined : readChunks(bytes.subarray(12, end))
  if (chunks === undefined || !chunks.some(({ type }) => PIXEL_CHUNKS.has(type))) return undefined
  const keptChunks: WebpChunk[] = []
  for (const chunk of chunks.filter(({ type }) => KEPT_CHUNKS.has(type))) {
    const stripped = chunk.type === 'ANMF' ? frameWithoutMetadata(chunk) : chunk
    if (stripped === undefined) return undefined
    keptChunks.push(stripped)
  }
  const [header] = keptChunks
  if (header?.type !== 'VP8X') return buildRiff(keptChunks.filter(({ type }) => type !== 'VP8X'))
  if (header.data.length < 10) return undefined
  const exif = chunks.find(({ type }) => type === 'EXIF')
  const orientationTiff = buildOrientationBlock(exif === undefined ? 1 : readExifOrientation(exif.data))
  const data = Buffer.from(header.data.subarray(0, 10))
  const icc = keptChunks.some(({ type }) => type === 'ICCP') ? VP8X_FLAGS.icc : 0
  data[0] =
    ((data[0] ?? 0) & (VP8X_FLAGS.alpha | VP8X_FLAGS.animation)) |
    icc |
    (orientationTiff === undefined ? 0 : VP8X_FLAGS.exif)
  data.fill(0, 1, 4)
  const otherChunks = keptChunks.slice(1).filter(({ type }) => type !== 'VP8X')
  return buildRiff([
    { type: 'VP8X', data },
    ...otherChunks,
    ...(orientationTiff === undefined ? [] : [{ type: 'EXIF', data: orientationTiff }]),
  ])
}

/** Some programs write JPEG's Exif signature before the TIFF block. */
const readExifOrientation = (data: Buffer): Orientation =>
  readOrientation(data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data)

function frameWithoutMetadata({ type, data }: WebpChunk): WebpChunk | undefined {
  const chunks = data.length < FRAME_HEAD ? undefined : readChunks(data.subarray(FRAME_HEAD))
  if (chunks === undefined) return undefined
  const keptChunks = chunks.filter((chunk) => FRAME_CHUNKS.has(chunk.type)).map(encodeChunk)
  return { type, data: Buffer.concat([data.subarray(0, FRAME_HEAD), ...keptChunks]) }
}

function readChunks(bytes: Buffer): WebpChunk[] | undefined {
  const chunks: WebpChunk[] = []
  for (let offset = 0; offset < bytes.length;) {
    if (offset + 8 > bytes.length) return undefined
    const size = bytes.readUInt32LE(offset + 4)
    if (offset + 8 + size > bytes.length) return undefined
    chunks.push({
      type: bytes.toString('latin1', offset, offset + 4),
      data: bytes.subarray(offset + 8, offset + 8 + size),
    })
    offset += 8 + size + (size % 2)
  }
  return chunks
}

function encodeChunk({ type, data }: WebpChunk): Buffer {
  const chunk = Buffer.alloc(8 + data.length + (data.length % 2))
  chunk.write(type, 0, 'latin1')
  chunk.writeUInt32LE(data.length, 4)
  data.copy(chunk, 8)
  return chunk
}

function buildRiff(chunks: readonly WebpChunk[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks.map(encodeChunk)])
  return encodeChunk({ type: 'RIFF', data: body })
}
