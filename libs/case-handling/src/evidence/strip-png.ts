import { crc32 } from 'node:zlib'
import type { Orientation } from './exif-orientation'
import { orientationBlock, orientationIn } from './exif-orientation'

const SIGNATURE_BYTES = 8
/** Chunks that a picture is decoded and coloured with, animations included; all others are dropped. */
const KEPT = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
)
const CRITICAL = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND'])

/**
 * A PNG without metadata: texts, Exif, times, private chunks and whatever follows the picture. What is kept stays byte
 * for byte; the orientation is written again. `undefined`: it is not a complete PNG. (PNG third edition, 5.3)
 */
export function stripPng(bytes: Buffer): Buffer | undefined {
  const kept: Buffer[] = []
  let orientation: Orientation = 1
  let pixels = false
  let ended = false
  for (let at = SIGNATURE_BYTES; !ended;) {
    if (at + 12 > bytes.length) return undefined
    const end = at + 12 + bytes.readUInt32BE(at)
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (end > bytes.length || !/^[A-Za-z]{4}$/.test(type)) return undefined
    const first = at === SIGNATURE_BYTES
    if (first !== (type === 'IHDR') || (type === 'IHDR' && end - at !== 25)) return undefined
    const critical = /^[A-Z]/.test(type)
    if (critical && !CRITICAL.has(type)) return undefined
    if (KEPT.has(type)) kept.push(bytes.subarray(at, end))
    if (type === 'eXIf') orientation = orientationIn(bytes.subarray(at + 8, end - 4))
    pixels ||= type === 'IDAT'
    ended = type === 'IEND'
    at = end
  }
  if (!pixels) return undefined
  const turned = orientationBlock(orientation)
  const [head, ...rest] = kept as [Buffer, ...Buffer[]]
  const exif = turned === undefined ? [] : [chunkOf('eXIf', turned)]
  return Buffer.concat([bytes.subarray(0, SIGNATURE_BYTES), head, ...exif, ...rest])
}

function chunkOf(type: string, data: Buffer): Buffer {
  const chunk = Buffer.alloc(12 + data.length)
  chunk.writeUInt32BE(data.length, 0)
  chunk.write(type, 4, 'latin1')
  data.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length)
  return chunk
}
