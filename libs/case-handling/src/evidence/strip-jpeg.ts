import type { Orientation } from './exif-orientation'
import { buildOrientationBlock, readOrientation } from './exif-orientation'

const EXIF = 'Exif\0\0'
const ICC = 'ICC_PROFILE\0'
/** The length of JFIF without its thumbnail and of Adobe's colour transform, from the signature on. */
const JFIF_BYTES = 14
const ADOBE_BYTES = 12

/** Frames, tables and restart intervals: without these the pixels cannot be decoded. */
const isNeededToDecode = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xdf && marker !== 0xc8 && (marker <= 0xcf || marker >= 0xdb)
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/**
 * Removes the metadata of a JPEG (ITU T.81, annex B): Exif, XMP, IPTC, comments, makers' segments, thumbnails and whatever
 * follows the picture. Tables, frames, scans and colour profile stay byte for byte; the orientation is written again.
 * `undefined`: it is not a complete JPEG.
 */
export function stripJpeg(bytes: Buffer): Buffer | undefined {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined
  const keptSegments: Buffer[] = []
  let jfif: Buffer | undefined
  let orientation: Orientation | undefined
  let frames = 0
  let scans = 0
  let offset = 2
  for (;;) {
    if (bytes[offset] !== 0xff) return undefined
    while (bytes[offset + 1] === 0xff) offset += 1
    const marker = bytes[offset + 1]
    if (marker === undefined) return undefined
    if (marker === 0xd9) break
    if (offset + 4 > bytes.length) return undefined
    const end = offset + 2 + bytes.readUInt16BE(offset + 2)
    if (end < offset + 4 || end > bytes.length || marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) return undefined
    const segment = bytes.subarray(offset, end)
    offset = end
    if (marker === 0xda) {
      if (frames === 0) return undefined
      scans += 1
      offset = findEndOfScan(bytes, end)
      keptSegments.push(segment, bytes.subarray(end, offset))
    } else if (isNeededToDecode(marker)) {
      if (isFrame(marker)) frames += 1
      keptSegments.push(segment)
    } else if (marker === 0xe0 && hasSignature(segment, 'JFIF\0')) jfif ??= withoutThumbnail(segment)
    else if (marker === 0xe1 && hasSignature(segment, EXIF))
      orientation ??= readOrientation(segment.subarray(4 + EXIF.length))
    else if (marker === 0xe2 && hasSignature(segment, ICC)) keptSegments.push(segment)
    else if (marker === 0xee && hasSignature(segment, 'Adobe')) keptSegments.push(...withoutAdobeExtras(segment))
  }
  if (scans === 0) return undefined
  const orientationTiff = buildOrientationBlock(orientation ?? 1)
  const exif =
    orientationTiff === undefined
      ? []
      : [buildSegment(0xe1, Buffer.concat([Buffer.from(EXIF, 'latin1'), orientationTiff]))]
  return Buffer.concat([bytes.subarray(0, 2), ...(jfif === undefined ? [] : [jfif]), ...exif, ...keptSegments, EOI])
}

const EOI = Buffer.from([0xff, 0xd9])

/** The offset of the next marker that is neither a restart nor a stuffed byte; the file's length if there is none. */
function findEndOfScan(bytes: Buffer, scanStart: number): number {
  for (let offset = bytes.indexOf(0xff, scanStart); offset !== -1; offset = bytes.indexOf(0xff, offset + 1)) {
    const next = bytes[offset + 1] ?? 0
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return offset
  }
  return bytes.length
}

const hasSignature = (segment: Buffer, signature: string): boolean =>
  segment.toString('latin1', 4, 4 + signature.length) === signature

function buildSegment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

function withoutThumbnail(segment: Buffer): Buffer | undefined {
  const body = Buffer.from(segment.subarray(4, 4 + JFIF_BYTES))
  if (body.length < JFIF_BYTES) return undefined
  body.fill(0, JFIF_BYTES - 2)
  return buildSegment(0xe0, body)
}

const withoutAdobeExtras = (segment: Buffer): Buffer[] =>
  segment.length < 4 + ADOBE_BYTES ? [] : [buildSegment(0xee, segment.subarray(4, 4 + ADOBE_BYTES))]
