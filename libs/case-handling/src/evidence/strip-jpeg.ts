import type { Orientation } from './exif-orientation'
import { orientationBlock, orientationIn } from './exif-orientation'

const EXIF = 'Exif\0\0'
const ICC = 'ICC_PROFILE\0'
/** Bytes of JFIF without its thumbnail, and of Adobe's colour transform, from the signature on. */
const JFIF_BYTES = 14
const ADOBE_BYTES = 12

/** Frames, tables, restart intervals: what the pixels cannot be decoded without. */
const isDecoding = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xdf && marker !== 0xc8 && (marker <= 0xcf || marker >= 0xdb)
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/**
 * A JPEG without metadata: Exif, XMP, IPTC, comments, makers' segments, thumbnails and whatever follows the picture.
 * What is decoded (tables, frames, scans, colour profile) stays byte for byte; the orientation is written again.
 * `undefined`: it is not a complete JPEG. (ITU T.81, annex B)
 */
export function stripJpeg(bytes: Buffer): Buffer | undefined {
  if (bytes.readUInt16BE(0) !== 0xffd8) return undefined
  const kept: Buffer[] = []
  let jfif: Buffer | undefined
  let orientation: Orientation | undefined
  let frames = 0
  let scans = 0
  let at = 2
  for (;;) {
    if (bytes[at] !== 0xff) return undefined
    while (bytes[at + 1] === 0xff) at += 1
    const marker = bytes[at + 1]
    if (marker === undefined) return undefined
    if (marker === 0xd9) break
    if (at + 4 > bytes.length) return undefined
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end < at + 4 || end > bytes.length || marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8)) return undefined
    const segment = bytes.subarray(at, end)
    at = end
    if (marker === 0xda) {
      if (frames === 0) return undefined
      scans += 1
      at = endOfScan(bytes, end)
      kept.push(segment, bytes.subarray(end, at))
    } else if (isDecoding(marker)) {
      if (isFrame(marker)) frames += 1
      kept.push(segment)
    } else if (marker === 0xe0 && hasSignature(segment, 'JFIF\0')) jfif ??= withoutThumbnail(segment)
    else if (marker === 0xe1 && hasSignature(segment, EXIF))
      orientation ??= orientationIn(segment.subarray(4 + EXIF.length))
    else if (marker === 0xe2 && hasSignature(segment, ICC)) kept.push(segment)
    else if (marker === 0xee && hasSignature(segment, 'Adobe')) kept.push(...adobeOnly(segment))
  }
  if (scans === 0) return undefined
  const turned = orientationBlock(orientation ?? 1)
  const exif = turned === undefined ? [] : [segmentOf(0xe1, Buffer.concat([Buffer.from(EXIF, 'latin1'), turned]))]
  return Buffer.concat([bytes.subarray(0, 2), ...(jfif === undefined ? [] : [jfif]), ...exif, ...kept, EOI])
}

const EOI = Buffer.from([0xff, 0xd9])

/** Where the next marker is that is neither a restart nor a stuffed byte; the length of the file where there is none. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at
  }
  return bytes.length
}

const hasSignature = (segment: Buffer, signature: string): boolean =>
  segment.toString('latin1', 4, 4 + signature.length) === signature

function segmentOf(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(body.length + 2, 2)
  return Buffer.concat([head, body])
}

function withoutThumbnail(segment: Buffer): Buffer | undefined {
  const body = Buffer.from(segment.subarray(4, 4 + JFIF_BYTES))
  if (body.length < JFIF_BYTES) return undefined
  body.fill(0, JFIF_BYTES - 2)
  return segmentOf(0xe0, body)
}

const adobeOnly = (segment: Buffer): Buffer[] =>
  segment.length < 4 + ADOBE_BYTES ? [] : [segmentOf(0xee, segment.subarray(4, 4 + ADOBE_BYTES))]
