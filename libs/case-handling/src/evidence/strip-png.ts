import { crc32 } from 'node:zlib'
import type { Orientation } from './exif-orientation'
import { buildOrientationBlock, readOrientation } from './exif-orientation'

const SIGNATURE_BYTES = 8
/** Chunks that are needed to decode and colour a picture, animations included; all others are dropped. */
const KEPT_CHUNKS = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
)
const KNOWN_CRITICAL_CHUNKS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND'])

/**
 * Removes the metadata of a PNG (third edition, 5.3): texts, Exif, times, private chunks and whatever follows the picture.
 * All other chunks stay byte for byte; the orientation is written again. `undefined`: it is not a complete PNG.
 */
export function stripPng(bytes: Buffer): Buffer | undefined {
  const keptChunks: Buffer[] = []
  let orientation: Orientation = 1
  let hasPixels = false
  let hasEnded = false
  for (let offset = SIGNATURE_BYTES; !hasEnded;) {
    if (offset + 12 > bytes.length) return undefined
    const end = offset + 12 + bytes.readUInt32BE(offset)
    const type = bytes.toString('latin1', offset + 4, offset + 8)
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(type)) return undefined
    const isFirst = offset === SIGNATURE_BYTES
    if (isFirst !== (type === 'IHDR') || (type === 'IHDR' && end - offset !== 25)) return undefined
    const isCritical = /^[A-Z]/.test(type)
    if (isCritical && !KNOWN_CRITICAL_CHUNKS.has(type)) return undefined
    if (KEPT_CHUNKS.has(type)) keptChunks.push(bytes.subarray(offset, end))
    if (type === 'eXIf') orientation = readOrientation(bytes.subarray(offset + 8, end - 4))
    hasPixels ||= type === 'IDAT'
    hasEnded = type === 'IEND'
    offset = end
  }
  if (!hasPixels) return undefined
  const orientationTiff = buildOrientationBlock(orientation)
  const [header, ...otherChunks] = keptChunks as [Buffer, ...Buffer[]]
  const exif = orientationTiff === undefined ? [] : [buildChunk('eXIf', orientationTiff)]
  return Buffer.concat([bytes.subarray(0, SIGNATURE_BYTES), header, ...exif, ...otherChunks])
}

function buildChunk(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  data.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}
