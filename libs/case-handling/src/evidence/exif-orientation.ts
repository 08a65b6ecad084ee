/** How to turn or mirror a picture, as Exif numbers it: 1 is upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

const UPRIGHT: Orientation = 1
const ORIENTATION_TAG = 0x0112
/** TIFF's type of an unsigned 16-bit number. */
const TIFF_SHORT = 3

/**
 * The orientation in a TIFF block (Exif 2.32, 4.6.4); upright if there is none or it cannot be read. Never throws.
 */
export function readOrientation(tiff: Buffer): Orientation {
  const byteOrder = tiff.toString('latin1', 0, 2)
  if (tiff.length < 14 || (byteOrder !== 'II' && byteOrder !== 'MM')) return UPRIGHT
  const readUInt16 = (offset: number): number =>
    byteOrder === 'II' ? tiff.readUInt16LE(offset) : tiff.readUInt16BE(offset)
  const readUInt32 = (offset: number): number =>
    byteOrder === 'II' ? tiff.readUInt32LE(offset) : tiff.readUInt32BE(offset)
  const directory = readUInt32(4)
  if (readUInt16(2) !== 42 || directory > tiff.length - 2) return UPRIGHT
  for (
    let entry = 0, offset = directory + 2;
    entry < readUInt16(directory) && offset + 12 <= tiff.length;
    entry++, offset += 12
  )
    if (
      readUInt16(offset) === ORIENTATION_TAG &&
      readUInt16(offset + 2) === TIFF_SHORT &&
      readUInt32(offset + 4) === 1
    ) {
      const value = readUInt16(offset + 8)
      return value >= 1 && value <= 8 ? (value as Orientation) : UPRIGHT
    }
  return UPRIGHT
}

/** A TIFF block that contains only this orientation; `undefined` for an upright picture, which needs none. */
export const buildOrientationBlock = (orientation: Orientation): Buffer | undefined =>
  orientation === UPRIGHT
    ? undefined
    : Buffer.from(
        `4d4d002a000000080001011200030000000100${orientation.toString(16).padStart(2, '0')}000000000000`,
        'hex',
      )
