/** What a player needs; every other box at this level is blanked. */
const TOP = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'mfra', 'sidx', 'ssix', 'prft', 'pdin', 'wide'])
/** Boxes that contain boxes with possible metadata. */
const HOLDING = new Set(['moov', 'trak', 'mdia', 'minf', 'moof', 'traf', 'mvex', 'edts'])
/** User data (places, makers, titles), iTunes and QuickTime metadata, XMP and makers' own boxes, unused space. */
const BLANKED = new Set(['udta', 'meta', 'uuid', 'free', 'skip', 'Xtra', 'keys', 'ilst'])
const DEEPEST = 8

/**
 * An MP4 or QuickTime video with its metadata boxes blanked: they become `free` and zeros of the same length, so that
 * all offsets into the media stay right. A separate track (a drone's or a dashcam's positions) is part of the media and
 * stays. `undefined`: the boxes do not fit into each other. (ISO/IEC 14496-12)
 */
export function stripVideo(bytes: Buffer): Buffer | undefined {
  const copy = Buffer.from(bytes)
  return blank(copy, 0, copy.length, 0) ? copy : undefined
}

function blank(bytes: Buffer, from: number, until: number, depth: number): boolean {
  if (depth > DEEPEST) return false
  for (let at = from; at < until;) {
    // QuickTime ends a list of user data with four zeros.
    if (depth > 0 && until - at === 4 && bytes.readUInt32BE(at) === 0) return true
    if (at + 8 > until) return false
    const type = bytes.toString('latin1', at + 4, at + 8)
    const box = extentOf(bytes, at, until)
    if (box === undefined) return false
    if (BLANKED.has(type) || (depth === 0 && !TOP.has(type))) {
      bytes.write('free', at + 4, 'latin1')
      bytes.fill(0, box.body, box.end)
    } else if (HOLDING.has(type) && !blank(bytes, box.body, box.end, depth + 1)) return false
    at = box.end
  }
  return true
}

function extentOf(bytes: Buffer, at: number, until: number): { body: number; end: number } | undefined {
  const short = bytes.readUInt32BE(at)
  if (short === 0) return { body: at + 8, end: until }
  const long = short === 1
  if (long && at + 16 > until) return undefined
  const size = long ? Number(bytes.readBigUInt64BE(at + 8)) : short
  const body = at + (long ? 16 : 8)
  const end = at + size
  return size >= body - at && end <= until ? { body, end } : undefined
}
