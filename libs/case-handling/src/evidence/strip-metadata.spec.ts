import fc from 'fast-check'
import { property } from '../../../../test/property'
import {
  POSITION,
  PNG_SIGNATURE,
  box,
  exif,
  jpeg,
  jpegFrame,
  jpegScan,
  jpegSegment,
  mp4,
  png,
  pngChunk,
  pngHead,
  tiff,
  webp,
  webpChunk,
} from '../../../../test/support/pictures'
import { recogniseEvidence } from './recognise-evidence'
import { stripMetadata } from './strip-metadata'

const text = (value: string): Buffer => Buffer.from(value, 'latin1')
const SOI = Buffer.from([0xff, 0xd8])
const EOI = Buffer.from([0xff, 0xd9])
const ONLY_TURNED = jpegSegment(
  0xe1,
  Buffer.from('457869660000' + '4d4d002a0000000800010112000300000001000600000000' + '0000', 'hex'),
)
const strip = (bytes: Buffer): Buffer | undefined => {
  const type = recogniseEvidence(bytes)?.type
  return type && stripMetadata(bytes, type)
}
const anyBytes = fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes))

/** Coded pixels: in them 0xff is followed by 0 or is a restart marker. */
const codedPixels = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 254 }).map((byte) => [byte]),
      fc.constantFrom([0xff, 0], [0xff, 0xd3]),
    ),
    { maxLength: 80 },
  )
  .map((parts) => Buffer.from(parts.flat()))
const jpegMetadata = fc.oneof(
  fc.constantFrom(1, 1).map((orientation) => exif(orientation)),
  fc
    .tuple(fc.constantFrom(0xe1, 0xe2, 0xe3, 0xe5, 0xea, 0xed, 0xee, 0xef, 0xfe, 0xe0), anyBytes)
    .map(([marker, body]) => jpegSegment(marker, Buffer.concat([text(`x${POSITION}`), body]))),
)
const jpegTables = fc.oneof(
  anyBytes.map((body) => jpegSegment(0xdb, body)),
  anyBytes.map((body) => jpegSegment(0xc4, body)),
  anyBytes.map((body) => jpegSegment(0xdd, body)),
  anyBytes.map((body) => jpegSegment(0xe2, Buffer.concat([text('ICC_PROFILE\0'), body]))),
)
interface Part {
  readonly bytes: Buffer
  readonly keep: boolean
}
const keptPart = (bytesOfPart: fc.Arbitrary<Buffer>): fc.Arbitrary<Part> =>
  bytesOfPart.map((bytes) => ({ bytes, keep: true }))
const droppedPart = (bytesOfPart: fc.Arbitrary<Buffer>): fc.Arbitrary<Part> =>
  bytesOfPart.map((bytes) => ({ bytes, keep: false }))
const join = (parts: readonly Part[], onlyKept = false): Buffer =>
  Buffer.concat(parts.filter(({ keep }) => keep || !onlyKept).map(({ bytes }) => bytes))

describe('the metadata of pictures and videos (fault C5)', () => {
  it('is removed from a JPEG in any order; the rest stays byte for byte', () =>
    property(
      fc.array(fc.oneof(droppedPart(jpegMetadata), keptPart(jpegTables)), { maxLength: 8 }),
      fc.array(fc.oneof(droppedPart(jpegMetadata), keptPart(jpegTables), keptPart(codedPixels.map(jpegScan))), {
        maxLength: 8,
      }),
      codedPixels,
      anyBytes,
      (before, after, pixels, trailing) => {
        const frame = jpegFrame(640, 480, 0xc2)
        const whole = Buffer.concat([SOI, join(before), frame, join(after), jpegScan(pixels), EOI, trailing])
        const expected = Buffer.concat([SOI, join(before, true), frame, join(after, true), jpegScan(pixels), EOI])
        expect(strip(whole)).toEqual(expected)
        expect(strip(expected)).toEqual(expected)
        expect(strip(whole)?.includes(POSITION)).toBe(false)
      },
    ))

  it('is removed from a PNG in any order', () => {
    const meta = fc
      .tuple(fc.constantFrom('tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'sPLT', 'prVt', 'caNv'), anyBytes)
      .map(([type, data]) => pngChunk(type, Buffer.concat([text(POSITION), data])))
    const colour = fc
      .tuple(fc.constantFrom('gAMA', 'cHRM', 'iCCP', 'sRGB', 'tRNS', 'PLTE', 'pHYs', 'acTL', 'IDAT'), anyBytes)
      .map(([type, data]) => pngChunk(type, data))
    return property(
      fc.array(fc.oneof(droppedPart(meta), keptPart(colour)), { maxLength: 10 }),
      anyBytes,
      (parts, trailing) => {
        const ends = [pngChunk('IDAT', text('pixels')), pngChunk('IEND', Buffer.alloc(0))]
        const whole = Buffer.concat([PNG_SIGNATURE, pngHead(9, 9), join(parts), ...ends, trailing])
        const expected = Buffer.concat([PNG_SIGNATURE, pngHead(9, 9), join(parts, true), ...ends])
        expect(strip(whole)).toEqual(expected)
        expect(strip(expected)).toEqual(expected)
      },
    )
  })

  it('is removed from a WebP in any order', () => {
    const head = (flags: number): Buffer => webpChunk('VP8X', Buffer.from([flags, 0, 0, 0, 9, 0, 0, 9, 0, 0]))
    const meta = fc
      .tuple(fc.constantFrom('XMP ', 'UNKN', 'iTXt'), anyBytes)
      .map(([type, data]) => webpChunk(type, Buffer.concat([text(POSITION), data])))
    const pixels = fc
      .tuple(fc.constantFrom('ALPH', 'VP8 ', 'VP8L', 'ANIM'), anyBytes)
      .map(([type, data]) => webpChunk(type, data))
    return property(fc.array(fc.oneof(droppedPart(meta), keptPart(pixels)), { maxLength: 8 }), (parts) => {
      const end = webpChunk('VP8 ', text('pixels'))
      const whole = webp(head(0x1e), join(parts), end, webpChunk('EXIF', tiff(1)))
      const expected = webp(head(0x12), join(parts, true), end)
      expect(strip(whole)).toEqual(expected)
      expect(strip(expected)).toEqual(expected)
    })
  })

  it('is removed from the frames of an animated WebP and from a WebP without an extended header', () => {
    const frame = (...otherChunks: Buffer[]): Buffer =>
      webpChunk('ANMF', Buffer.concat([Buffer.alloc(16), webpChunk('VP8 ', text('pixels')), ...otherChunks]))
    expect(strip(webp(frame(webpChunk('XMP ', text(POSITION)))))).toEqual(webp(frame()))
    const simple = webp(webpChunk('VP8L', text('pixels')))
    expect(strip(webp(webpChunk('VP8L', text('pixels')), webpChunk('EXIF', tiff(6))))).toEqual(simple)
  })

  it('is blanked anywhere in a video, whose media keep their offsets', () => {
    const location = box('udta', box('\u00a9xyz', text(POSITION)))
    const keys = box('meta', box('keys', text('com.apple.quicktime.location.ISO6709')), box('ilst', text(POSITION)))
    const track = box('trak', box('tkhd', Buffer.alloc(20)), location, box('mdia', box('mdhd', Buffer.alloc(8)), keys))
    const media = box('mdat', text('media'))
    const whole = mp4(
      box('uuid', Buffer.from('be7acfcb97a942e89c71999491e3afac', 'hex'), text(POSITION)),
      box('moov', box('mvhd', Buffer.alloc(20)), track, location, keys),
      media,
      box('free', text(POSITION)),
      box('abcd', text(POSITION)),
    )
    const clean = strip(whole) as Buffer
    expect([clean.length, clean.indexOf(media), clean.includes(POSITION), clean.includes('ISO6709')]).toEqual([
      whole.length,
      whole.indexOf(media),
      false,
      false,
    ])
    expect(strip(clean)).toEqual(clean)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is removed except for the orientation %d', (orientation) => {
    for (const order of ['II', 'MM'] as const) {
      const turned = ONLY_TURNED.toString('hex').replace('00010006', `0001000${orientation}`)
      const alone = orientation === 1 ? [] : [Buffer.from(turned, 'hex')]
      expect(strip(jpeg([exif(orientation, order)]))).toEqual(jpeg(alone))
      const block = alone.map((segment) => segment.subarray(10))
      const before = png('p', 9, 9, [pngChunk('eXIf', tiff(orientation, order))])
      expect(strip(before)).toEqual(
        png(
          'p',
          9,
          9,
          block.map((data) => pngChunk('eXIf', data)),
        ),
      )
      const [head, rest] = [webpChunk('VP8X', Buffer.alloc(10)), webpChunk('VP8 ', text('p'))]
      const flags = Buffer.from([orientation === 1 ? 0 : 8, ...Buffer.alloc(9)])
      expect(strip(webp(head, rest, webpChunk('EXIF', tiff(orientation, order))))).toEqual(
        webp(webpChunk('VP8X', flags), rest, ...block.map((data) => webpChunk('EXIF', data))),
      )
    }
  })

  it('is removed together with thumbnails and a second picture behind the first', () => {
    const jfif = (thumbnail: Buffer): Buffer =>
      jpegSegment(
        0xe0,
        Buffer.concat([
          text('JFIF\0'),
          Buffer.from([1, 1, 0, 0, 1, 0, 1, thumbnail.length / 3, thumbnail.length && 1]),
          thumbnail,
        ]),
      )
    const whole = Buffer.concat([jpeg([jfif(Buffer.alloc(9, 7)), jpegSegment(0xe0, text('JFXX\0thumbnail'))]), jpeg()])
    expect(strip(whole)).toEqual(jpeg([jfif(Buffer.alloc(0))]))
  })
})

const INTACT: readonly (readonly [string, Buffer])[] = [
  ['JPEG', jpeg([exif(6)])],
  ['PNG', png('pixels', 9, 9, [pngChunk('eXIf', tiff(6))])],
  ['WebP', webp(webpChunk('VP8X', Buffer.alloc(10)), webpChunk('VP8 ', text('pixels')), webpChunk('EXIF', tiff(6)))],
  ['MP4', mp4(box('moov', box('trak', box('udta', text(POSITION)))), box('mdat', text('media')))],
]

describe.each(INTACT)('a damaged %s', (_, intact) => {
  it('is refused or returned without its location, wherever it is cut off', () => {
    for (let length = 12; length < intact.length; length++) {
      const cut = strip(intact.subarray(0, length))
      expect(cut?.includes(POSITION) ?? false).toBe(false)
    }
    expect(strip(intact.subarray(0, -1))).toBeUndefined()
  })

  it('never makes it throw, whatever was changed', () =>
    property(
      fc.array(fc.tuple(fc.nat(intact.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }),
      (changes) => {
        const bytes = Buffer.from(intact)
        for (const [at, value] of changes) bytes[at] = value
        const once = strip(bytes)
        if (once !== undefined) expect(strip(once)).toEqual(once)
      },
    ))
})

it('a file without pixels, or with two headers, is not a picture (fault C5)', () => {
  const head = [PNG_SIGNATURE, pngHead(9, 9)]
  const end = pngChunk('IEND', Buffer.alloc(0))
  const broken = [
    Buffer.concat([...head, end]),
    Buffer.concat([...head, pngHead(9, 9), pngChunk('IDAT', text('p')), end]),
    Buffer.concat([...head, pngChunk('ABCD', text('unknown and critical')), pngChunk('IDAT', text('p')), end]),
    Buffer.concat([SOI, jpegFrame(9, 9), EOI]),
    Buffer.concat([SOI, jpegScan(text('p')), EOI]),
    webp(webpChunk('EXIF', tiff(1)), webpChunk('XMP ', text('x'))),
    mp4(box('moov', text('no box in it'))),
  ]
  expect(broken.map(strip)).toEqual(broken.map(() => undefined))
})
