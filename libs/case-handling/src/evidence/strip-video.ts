/** Boxes at the top level that a player needs; every other one there is blanked. */
const TOP_LEVEL_BOXES = new Set([
  'ftyp',
  'styp',
  'moov',
  'moof',
  'mdat',
  'mfra',
  'sidx',
  'ssix',
  'prft',
  'pdin',
  'wide',
])
/** Boxes that contain other boxes, which may be metadata. */
const CONTAINER_BOXES = new Set(['moov', 'trak', 'mdia', 'minf', 'moof', 'traf', 'mvex', 'edts'])
/** User data (location, maker, title), iTunes and QuickTime metadata, XMP, makers' own boxes and unused space. */
const METADATA_BOXES = new Set(['udta', 'meta', 'uuid', 'free', 'skip', 'Xtra', 'keys', 'ilst'])
/** Real videos nest boxes half as deep; a limit keeps a crafted file from exhausting the stack. */
const MAX_DEPTH = 8

/**
 * Blanks the metadata boxes of an MP4 or QuickTime video (ISO/IEC 14496-12): they become `free` boxes of zeros with the
 * same length, so that all offsets into the media stay right. A separate track, e.g. with the positions of a drone, is
 * part of the media and stays. `undefined`: the boxes do not fit into each other.
 */
export function stripVideo(bytes: Buffer): Buffer | undefined {
  const copy = Buffer.from(bytes)
  return blankMetadata(copy, 0, copy.length, 0) ? copy : undefined
}

function blankMetadata(bytes: Buffer, start: number, limit: number, depth: number): boolean {
  if (depth > MAX_DEPTH) return false
  for (let offset = start; offset < limit;) {
    // QuickTime ends a list of user data with four zeros.
    if (depth > 0 && limit - offset === 4 && bytes.readUInt32BE(offset) === 0) return true
    if (offset + 8 > limit) return false
    const type = bytes.toString('latin1', offset + 4, offset + 8)
    const box = readBoxExtent(bytes, offset, limit)
    if (box === undefined) return false
    if (METADATA_BOXES.has(type) || (depth === 0 && !TOP_LEVEL_BOXES.has(type))) {
      bytes.write('free', offset + 4, 'latin1')
      bytes.fill(0, box.body, box.end)
    } else if (CONTAINER_BOXES.has(type) && !blankMetadata(bytes, box.body, box.end, depth + 1)) return false
    offset = box.end
  }
  return true
}

function readBoxExtent(bytes: Buffer, offset: number, limit: number): { body: number; end: number } | undefined {
  const shortSize = bytes.readUInt32BE(offset)
  if (shortSize === 0) return { body: offset + 8, end: limit }
  const hasLongSize = shortSize === 1
  if (hasLongSize && offset + 16 > limit) return undefined
  const size = hasLongSize ? Number(bytes.readBigUInt64BE(offset + 8)) : shortSize
  const body = offset + (hasLongSize ? 16 : 8)
  const end = offset + size
  return size >= body - offset && end <= limit ? { body, end } : undefined
}
