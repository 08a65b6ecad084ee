import type { Orientation } from './exif-orientation'
import { orientationBlock, orientationIn } from './exif-orientation'

/** Flags of VP8X (WebP container specification, "Extended File Format"). */
const VP8X_FLAGS = { icc: 0x20, alpha: 0x10, exif: 0x08, animation: 0x02 }
const PIXELS = new Set(['VP8 ', 'VP8L', 'ANMF'])
const KEPT = new Set(['VP8X', 'ICCP', 'ANIM', 'ALPH', ...PIXELS])
const IN_FRAME = new Set(['ALPH', 'VP8 ', 'VP8L'])
/** What precedes the chunks in one frame of an animation. */
const FRAME_HEAD = 16

interface Chunk {
  readonly type: string
  readonly data: Buffer
}

/**
 * A WebP without metadata: Exif, XMP, unknown chunks and whatever follows the picture. Pixels stay byte for byte; the
 * orientation is written again. `undefined`: it is not a complete WebP.
 */
export function stripWebp(bytes: Buffer): Buffer | undefined {
  if (bytes.length < 20) return undefined
  const end = 8 + bytes.readUInt32LE(4)
  const chunks = end > bytes.length ? undefined : chunksIn(bytes.subarray(12, end))
  if (chunks === undefined || !chunks.some(({ type }) => PIXELS.has(type))) return undefined
  const kept: Chunk[] = []
  for (const chunk of chunks.filter(({ type }) => KEPT.has(type))) {
    const shown = chunk.type === 'ANMF' ? frameWithoutMetadata(chunk) : chunk
    if (shown === undefined) return undefined
    kept.push(shown)
  }
  const [head] = kept
  if (head?.type !== 'VP8X') return riffOf(kept.filter(({ type }) => type !== 'VP8X'))
  if (head.data.length < 10) return undefined
  const exif = chunks.find(({ type }) => type === 'EXIF')
  const turned = orientationBlock(exif === undefined ? 1 : orientationOf(exif.data))
  const data = Buffer.from(head.data.subarray(0, 10))
  const icc = kept.some(({ type }) => type === 'ICCP') ? VP8X_FLAGS.icc : 0
  data[0] =
    ((data[0] ?? 0) & (VP8X_FLAGS.alpha | VP8X_FLAGS.animation)) | icc | (turned === undefined ? 0 : VP8X_FLAGS.exif)
  data.fill(0, 1, 4)
  const rest = kept.slice(1).filter(({ type }) => type !== 'VP8X')
  return riffOf([{ type: 'VP8X', data }, ...rest, ...(turned === undefined ? [] : [{ type: 'EXIF', data: turned }])])
}

/** Some writers put the JPEG's signature before the block. */
const orientationOf = (data: Buffer): Orientation =>
  orientationIn(data.toString('latin1', 0, 6) === 'Exif\0\0' ? data.subarray(6) : data)

function frameWithoutMetadata({ type, data }: Chunk): Chunk | undefined {
  const chunks = data.length < FRAME_HEAD ? undefined : chunksIn(data.subarray(FRAME_HEAD))
  if (chunks === undefined) return undefined
  const kept = chunks.filter((chunk) => IN_FRAME.has(chunk.type)).map(encodeChunk)
  return { type, data: Buffer.concat([data.subarray(0, FRAME_HEAD), ...kept]) }
}

function chunksIn(bytes: Buffer): Chunk[] | undefined {
  const chunks: Chunk[] = []
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) return undefined
    const size = bytes.readUInt32LE(at + 4)
    if (at + 8 + size > bytes.length) return undefined
    chunks.push({ type: bytes.toString('latin1', at, at + 4), data: bytes.subarray(at + 8, at + 8 + size) })
    at += 8 + size + (size % 2)
  }
  return chunks
}

function encodeChunk({ type, data }: Chunk): Buffer {
  const chunk = Buffer.alloc(8 + data.length + (data.length % 2))
  chunk.write(type, 0, 'latin1')
  chunk.writeUInt32LE(data.length, 4)
  data.copy(chunk, 8)
  return chunk
}

function riffOf(chunks: readonly Chunk[]): Buffer {
  const body = Buffer.concat([Buffer.from('WEBP', 'latin1'), ...chunks.map(encodeChunk)])
  return encodeChunk({ type: 'RIFF', data: body })
}
