import fc from 'fast-check'
import { recogniseEvidence } from './recognise-evidence'

const hex = (text: string): Buffer => Buffer.from(text.replace(/ /g, ''), 'hex')
const video = (brand: string): Buffer => Buffer.concat([hex('00000018'), Buffer.from(`ftyp${brand}`), Buffer.alloc(8)])

describe('recogniseEvidence', () => {
  it.each([
    [
      'a PNG with its size',
      hex('89504e470d0a1a0a 0000000d 49484452 00000280 000001e0'),
      { type: 'image/png', kind: 'image', width: 640, height: 480 },
    ],
    [
      'a JPEG with its size, behind other segments',
      hex('ffd8 ffe00010 4a464946000101000001000100 00 ffc0 0011 08 01e0 0280 03 012200 021101 031101'),
      { type: 'image/jpeg', kind: 'image', width: 640, height: 480 },
    ],
    ['a JPEG that is cut off', hex('ffd8ffe00010'), { type: 'image/jpeg', kind: 'image' }],
    [
      'a WebP with its size',
      Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBPVP8X'), hex('0a000000 00000000 7f0200 df0100')]),
      { type: 'image/webp', kind: 'image', width: 640, height: 480 },
    ],
    ['an MP4', video('isom'), { type: 'video/mp4', kind: 'video' }],
    ['a QuickTime video', video('qt  '), { type: 'video/quicktime', kind: 'video' }],
    ['a PDF', Buffer.from('%PDF-1.7'), { type: 'application/pdf', kind: 'document' }],
  ])('recognises %s', (_what, bytes, recognised) => expect(recogniseEvidence(bytes)).toEqual(recognised))

  it.each([
    ['a HEIC picture, which has the header of a video', video('heic')],
    ['an SVG, which can run scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg">')],
    ['an HTML page', Buffer.from('<!doctype html>')],
    ['a ZIP archive', hex('504b0304')],
    ['a WAVE sound', Buffer.from('RIFF\0\0\0\0WAVE')],
    ['an empty file', Buffer.alloc(0)],
  ])('does not recognise %s', (_what, bytes) => expect(recogniseEvidence(bytes)).toBeUndefined())

  it('neither throws nor runs forever for arbitrary bytes', () => {
    const heads = [
      hex('ffd8ff'),
      hex('89504e470d0a1a0a'),
      Buffer.from('RIFF\0\0\0\0WEBP'),
      Buffer.from('\0\0\0\x18ftypisom'),
      Buffer.alloc(0),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...heads), fc.uint8Array({ maxLength: 200 }), (head, body) => {
        const recognised = recogniseEvidence(Buffer.concat([head, body]))
        expect(recognised === undefined || (recognised.width ?? 1) > 0).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})
