/** The file types that marketplaces accept as evidence. */
export type EvidenceType =
  'image/jpeg' | 'image/png' | 'image/webp' | 'video/mp4' | 'video/quicktime' | 'application/pdf'

/** The file extension of each type. */
export const FILE_EXTENSIONS: Readonly<Record<EvidenceType, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'application/pdf': 'pdf',
}

/** What the first bytes of a file say about it; its name and declared type are never used. */
export interface RecognisedEvidence {
  readonly type: EvidenceType
  readonly kind: 'image' | 'video' | 'document'
  /** In pixels; absent if the file's header does not contain it. */
  readonly width?: number
  readonly height?: number
}

/**
 * Recognises a file by its first bytes; `undefined` for every type that no marketplace accepts as evidence. Reads only the
 * header, at bounded cost for any input. Written by hand because `file-type` (tried: 22.3.0) reports no width and height,
 * requires Node 22, gives phone videos types that no marketplace accepts, and parses containers, which took 180 ms for a
 * crafted archive of 600 KB.
 */
export function recogniseEvidence(bytes: Buffer): RecognisedEvidence | undefined {
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return { type: 'image/jpeg', kind: 'image', ...readJpegSize(bytes) }
  if (startsWith(bytes, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))
    return { type: 'image/png', kind: 'image', ...readPngSize(bytes) }
  if (readText(bytes, 0, 4) === 'RIFF' && readText(bytes, 8, 4) === 'WEBP')
    return { type: 'image/webp', kind: 'image', ...readWebpSize(bytes) }
  if (readText(bytes, 0, 5) === '%PDF-') return { type: 'application/pdf', kind: 'document' }
  if (readText(bytes, 4, 4) !== 'ftyp') return undefined
  const brand = readText(bytes, 8, 4)
  if (brand === 'qt  ') return { type: 'video/quicktime', kind: 'video' }
  return MP4_BRANDS.has(brand) ? { type: 'video/mp4', kind: 'video' } : undefined
}

/** Brands (ISO/IEC 14496-12) that are MP4 videos. A phone's HEIC picture has another brand; no marketplace accepts it. */
const MP4_BRANDS = new Set([
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'M4V ',
  'MSNV',
  'dash',
  '3gp4',
  '3gp5',
  '3gp6',
])

const startsWith = (bytes: Buffer, offset: number, prefix: readonly number[]): boolean =>
  prefix.every((byte, i) => bytes[offset + i] === byte)
const readText = (bytes: Buffer, offset: number, length: number): string =>
  bytes.toString('latin1', offset, offset + length)

type PictureSize = { readonly width: number; readonly height: number } | Record<string, never>
const sizeIfPositive = (width: number, height: number): PictureSize =>
  width > 0 && height > 0 ? { width, height } : {}

const readPngSize = (bytes: Buffer): PictureSize =>
  bytes.length >= 24 && readText(bytes, 12, 4) === 'IHDR'
    ? sizeIfPositive(bytes.readUInt32BE(16), bytes.readUInt32BE(20))
    : {}

/** Goes from marker to marker to the frame header. Each step advances by at least one byte, so it ends. */
function readJpegSize(bytes: Buffer): PictureSize {
  let offset = 2
  while (offset + 9 < bytes.length) {
    if (bytes[offset] !== 0xff) return {}
    const marker = bytes[offset + 1] as number
    if (marker === 0xff) {
      offset += 1
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return sizeIfPositive(bytes.readUInt16BE(offset + 7), bytes.readUInt16BE(offset + 5))
    offset += 2 + Math.max(2, bytes.readUInt16BE(offset + 2))
  }
  return {}
}

function readWebpSize(bytes: Buffer): PictureSize {
  if (bytes.length < 30) return {}
  const chunk = readText(bytes, 12, 4)
  if (chunk === 'VP8X') return sizeIfPositive(bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1)
  if (chunk === 'VP8 ') return sizeIfPositive(bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff)
  if (chunk !== 'VP8L') return {}
  const packed = bytes.readUInt32LE(21)
  return sizeIfPositive((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1)
}
