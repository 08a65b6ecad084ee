/** How a picture is to be turned, as Exif counts: 1 is upright, up to 8. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const UPRIGHT: Orientation = 1
const ORIENTATION_TAG = 0x0112
const SHORT = 3

/**
 * The orientation in a TIFF block (Exif 2.32, 4.6.4); upright where there is none or it cannot be read. Never throws.
 */
export function orientationIn(tiff: Buffer): Orientation {
  const order = tiff.toString('latin1', 0, 2)
  if (tiff.length < 14 || (order !== 'II' && order !== 'MM')) return UPRIGHT
  const u16 = (at: number): number => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const u32 = (at: number): number => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const directory = u32(4)
  if (u16(2) !== 42 || directory > tiff.length - 2) return UPRIGHT
  for (let entry = 0, at = directory + 2; entry < u16(directory) && at + 12 <= tiff.length; entry++, at += 12)
    if (u16(at) === ORIENTATION_TAG && u16(at + 2) === SHORT && u32(at + 4) === 1) {
      const value = u16(at + 8)
      return value >= 1 && value <= 8 ? (value as Orientation) : UPRIGHT
    }
  return UPRIGHT
}

/** A TIFF block with the orientation and nothing else; `undefined` where the picture is upright anyway. */
export const orientationBlock = (orientation: Orientation): Buffer | undefined =>
  orientation === UPRIGHT
    ? undefined
    : Buffer.from(
        `4d4d002a000000080001011200030000000100${orientation.toString(16).padStart(2, '0')}000000000000`,
        'hex',
      )
