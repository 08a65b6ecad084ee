import { HOUR, NOON } from '../../../../test/support/cases'
import type { EvidenceFacts } from '../actions/facts/facts'
import type { EvidenceFlaw, Inspection } from './linter'
import { EVIDENCE_FLAWS, flawsOf, isRefused, lintEvidence } from './linter'
import { DEFAULT_EVIDENCE_TERMS } from './terms'

const DAY = 24 * HOUR
const inspection: Inspection = {
  now: NOON,
  terms: DEFAULT_EVIDENCE_TERMS,
  limits: { bytes: { image: 1_000 }, pieces: { document: 0 }, source: 'this spec', asOf: '2026-11-22' },
  appliedAt: NOON - DAY,
}
const aPicture = (overrides: Partial<EvidenceFacts> = {}): EvidenceFacts => ({
  hash: 'a',
  kind: 'image',
  bytes: 1_000,
  capturedAt: NOON - HOUR,
  width: 640,
  height: 480,
  ...overrides,
})
const aVideo = (overrides: Partial<EvidenceFacts> = {}): EvidenceFacts =>
  aPicture({ kind: 'video', shows: 'unboxing-video', ...overrides })

describe('R066, R143: one piece of evidence', () => {
  it('that is clear, fresh and small enough has no flaw', () => {
    expect(flawsOf(aPicture(), inspection)).toEqual([])
  })

  it.each<[string, EvidenceFacts, EvidenceFlaw[]]>([
    ['R066: empty', aPicture({ bytes: 0 }), ['Empty']],
    ['R066: of as many bytes as are taken', aPicture({ bytes: 1_000 }), []],
    ['R066: of one byte too many', aPicture({ bytes: 1_001 }), ['TooManyBytes']],
    ['R066: of a kind that is not taken there', { ...aPicture(), kind: 'document' }, ['KindNotTaken']],
    ['R143: with its shorter side just readable', aPicture({ width: 480, height: 3000 }), []],
    ['R143: with its shorter side one pixel too small', aPicture({ width: 479, height: 3000 }), ['TooSmallToRead']],
    ['R065: judged invalid', aPicture({ judgedInvalid: true }), ['JudgedInvalid']],
    ['R065: judged late', aPicture({ judgedLate: true }), ['JudgedLate']],
    ['R173: a picture as the video of unpacking', aPicture({ shows: 'unboxing-video' }), ['CannotShowThat']],
    ['R143: unpacked when the buyer applied', aVideo({ capturedAt: NOON - DAY }), []],
    ['R143: unpacked before the buyer applied', aVideo({ capturedAt: NOON - DAY - 1 }), ['MadeBeforeTheEvent']],
    [
      'R143: a chat that is older than the application',
      aPicture({ shows: 'chat-record', capturedAt: NOON - 2 * DAY }),
      [],
    ],
    ['R143: 90 days old', aPicture({ capturedAt: NOON - 90 * DAY }), []],
    ['R143: a moment older than 90 days', aPicture({ capturedAt: NOON - 90 * DAY - 1 }), ['Old']],
    ['R143: by a clock that is ahead', aPicture({ capturedAt: NOON + 1 }), ['MadeInTheFuture']],
  ])('%s', (_what, piece, flaws) => {
    expect(flawsOf(piece, inspection)).toEqual(flaws)
  })

  it('R143: of unknown time and size raises doubts and is not refused', () => {
    const { capturedAt: _when, width: _width, ...unknown } = aPicture()
    expect(flawsOf(unknown, inspection)).toEqual(['SizeUnknown', 'WhenMadeUnknown'])
    expect(isRefused(flawsOf(unknown, inspection))).toBe(false)
  })

  it('is not compared with an unknown limit or application', () => {
    const bare: Inspection = { now: NOON, terms: DEFAULT_EVIDENCE_TERMS }
    expect(flawsOf(aPicture({ bytes: 1e9 }), bare)).toEqual([])
    expect(flawsOf(aVideo({ capturedAt: NOON - 30 * DAY }), bare)).toEqual([])
  })
})

describe('R066: several pieces', () => {
  it('name the second of two equal ones, and only that', () => {
    expect(
      lintEvidence([aPicture(), aPicture({ hash: 'b' }), aPicture()], inspection).map(({ flaws }) => flaws),
    ).toEqual([[], [], ['SamePieceTwice']])
  })
})

it('R143: every flaw has two names, a weight and its rule', () => {
  for (const { zh, en, weight, rule } of Object.values(EVIDENCE_FLAWS)) {
    expect([zh, en]).toEqual([expect.stringMatching(/\p{Script=Han}/u), expect.stringMatching(/^[\x20-\x7e]+$/)])
    expect([['refused', 'doubtful'], rule]).toEqual([
      expect.arrayContaining([weight]),
      expect.stringMatching(/^R\d{3}$/),
    ])
  }
})
