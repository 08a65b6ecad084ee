import fc from 'fast-check'
import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { EvidenceFacts } from '../actions/facts/facts'
import type { EvidenceLimits } from './limits'
import { matchRequirements, remainingRoomFor } from './match-requirements'
import type { PackInput } from './pack'
import { composePack } from './pack'
import type { EvidenceSubject } from './subjects'
import { DEFAULT_EVIDENCE_TERMS } from './terms'
import type { EvidenceRequirement } from './requirements'
import {
  INTERVENTION_REQUIREMENTS,
  RETURN_REFUSED_REQUIREMENTS,
  WORK_ORDER_REQUIREMENTS,
  appealRequirementsOf,
} from './requirements'

const piece = (
  hash: string,
  kind: EvidenceFacts['kind'],
  shows?: EvidenceSubject,
  overrides: Partial<EvidenceFacts> = {},
): EvidenceFacts => ({
  hash,
  kind,
  bytes: 100,
  capturedAt: NOON - HOUR,
  width: 1080,
  height: 1080,
  ...(shows === undefined ? {} : { shows }),
  ...overrides,
})
const limits = (overrides: Partial<EvidenceLimits> = {}): EvidenceLimits => ({
  source: 'this spec',
  asOf: '2026-11-22',
  ...overrides,
})
const packInput = (overrides: Partial<PackInput>): PackInput => ({
  now: NOON,
  terms: DEFAULT_EVIDENCE_TERMS,
  pieces: [],
  requirements: WORK_ORDER_REQUIREMENTS,
  text: '已与物流核实',
  ...overrides,
})

describe('a pack of evidence', () => {
  it('R031, R124: puts what the work order must have first, then what helps, then the rest, newest first', () => {
    const pack = composePack(
      packInput({
        pieces: [
          piece('rest-old', 'image', undefined, { capturedAt: NOON - 2 * HOUR }),
          piece('rest-new', 'image'),
          piece('chat', 'image', 'chat-record'),
          piece('slip', 'document', 'delivery-slip'),
        ],
      }),
    )
    expect(pack.pieces.map(({ hash }) => hash)).toEqual(['slip', 'chat', 'rest-new', 'rest-old'])
    expect([pack.complete, pack.missing.map(({ anyOf }) => anyOf)]).toEqual([
      true,
      [['goods-picture', 'unboxing-video']],
    ])
  })

  it('R124, R173: lists what must be shown and is missing', () => {
    const pack = composePack(
      packInput({ pieces: [piece('photo', 'image', 'goods-picture')], requirements: RETURN_REFUSED_REQUIREMENTS }),
    )
    expect([pack.complete, pack.missing]).toEqual([false, [RETURN_REFUSED_REQUIREMENTS[0]]])
  })

  it('R066: leaves out pieces that would not count, and says why', () => {
    const pack = composePack(
      packInput({
        pieces: [
          piece('slip', 'image', 'delivery-slip', { judgedInvalid: true }),
          piece('small', 'image', 'chat-record', { width: 10 }),
        ],
      }),
    )
    expect(pack.leftOut).toEqual([
      { hash: 'slip', why: 'JudgedInvalid' },
      { hash: 'small', why: 'TooSmallToRead' },
    ])
    expect([pack.pieces, pack.complete]).toEqual([[], false])
  })

  it('R141: keeps within the limits, with the required pieces first', () => {
    const pack = composePack(
      packInput({
        requirements: INTERVENTION_REQUIREMENTS,
        limits: limits({ total: 2, pieces: { image: 1 } }),
        pieces: [
          piece('x', 'image'),
          piece('photo', 'image', 'goods-picture'),
          piece('video', 'video', 'unboxing-video'),
          piece('waybill', 'document', 'tracking-number'),
        ],
      }),
    )
    expect(pack.pieces).toHaveLength(2)
    expect(pack.leftOut.map(({ why }) => why)).toEqual(['NoRoom', 'NoRoom'])
    expect(pack.complete).toBe(true)
  })

  it.each([
    [300, 0],
    [301, 1],
  ])('R056: a text of %i characters where 300 are taken is %i too long', (length, overrides) => {
    const pack = composePack(
      packInput({
        pieces: [piece('slip', 'image', 'delivery-slip')],
        text: '凭'.repeat(length),
        limits: limits({ textLength: 300 }),
      }),
    )
    expect([pack.textOver, pack.complete]).toEqual([overrides, overrides === 0])
  })

  it('R143: names the doubts about what it submits', () => {
    const { capturedAt: _when, ...undated } = piece('slip', 'image', 'delivery-slip')
    expect(composePack(packInput({ pieces: [undated] })).doubts).toEqual([{ hash: 'slip', flaw: 'WhenMadeUnknown' }])
  })

  it('R063: must show that the address was given, for an appeal about goods to be returned', () => {
    const returnCase = caseAfter(reported(0, aRefundRequest({ kind: { kind: 'return-and-refund' } })))
    const refundCase = caseAfter(reported(0, aRefundRequest()))
    expect(appealRequirementsOf(returnCase, ['goods-money'])[0]?.anyOf).toEqual(['return-address-notice'])
    expect(appealRequirementsOf(refundCase, ['freight'])[0]?.anyOf).toEqual(['payment-record'])
    expect(appealRequirementsOf(refundCase, ['liability'])[0]?.rule).toBe('R066')
  })
})

describe('R064: the choice of pieces', () => {
  const SUBJECTS: readonly EvidenceSubject[] = ['chat-record', 'delivery-slip', 'goods-picture']
  const anyPiece = fc.record({
    kind: fc.constantFrom('image' as const, 'video' as const),
    shows: fc.constantFrom(...SUBJECTS),
  })
  const anyRequirement = fc.record({
    anyOf: fc.subarray([...SUBJECTS], { minLength: 1 }),
    need: fc.constantFrom('must' as const, 'helps' as const),
    rule: fc.constant('R064' as const),
  })
  const anyLimits = fc.record({
    total: fc.integer({ min: 0, max: 4 }),
    image: fc.integer({ min: 0, max: 2 }),
    video: fc.integer({ min: 0, max: 2 }),
  })

  it('moves a requirement to a piece of another kind where that makes room for the next one', () => {
    const pieces = [
      piece('photo', 'image', 'chat-record'),
      piece('film', 'video', 'chat-record'),
      piece('slip', 'image', 'delivery-slip'),
    ]
    const requirements: readonly EvidenceRequirement[] = [
      { anyOf: ['chat-record'], need: 'must', rule: 'R064' },
      { anyOf: ['delivery-slip'], need: 'must', rule: 'R064' },
    ]
    const met = matchRequirements(requirements, pieces, limits({ pieces: { image: 1 } }))
    expect([...met.values()].map(({ hash }) => hash)).toEqual(['film', 'slip'])
  })

  it('meets as many requirements as possible, within every limit, and uses no piece twice', () => {
    fc.assert(
      fc.property(
        fc.array(anyPiece, { maxLength: 5 }),
        fc.array(anyRequirement, { maxLength: 4 }),
        anyLimits,
        (drawnPieces, requirements, { total, image, video }) => {
          const pieces = drawnPieces.map(({ kind, shows }, at) => piece(String(at), kind, shows))
          const packLimits = limits({ total, pieces: { image, video } })
          const met = matchRequirements(requirements, pieces, packLimits)
          const usedPieces = [...met.values()]
          expect(new Set(usedPieces).size).toBe(usedPieces.length)
          for (const kind of ['image', 'video'] as const)
            expect(remainingRoomFor(kind, usedPieces, packLimits)).toBeGreaterThanOrEqual(0)
          for (const [requirement, { shows }] of met) expect(requirement.anyOf).toContain(shows)
          expect(met.size).toBe(maxMatched(requirements, pieces, packLimits))
        },
      ),
      { numRuns: 3_000 },
    )
  })

  /** The largest number of requirements that can be met, found by trying every choice. */
  function maxMatched(
    requirements: readonly EvidenceRequirement[],
    pieces: readonly EvidenceFacts[],
    packLimits: EvidenceLimits,
    usedPieces: readonly EvidenceFacts[] = [],
  ): number {
    const [requirement, ...rest] = requirements
    if (requirement === undefined) return usedPieces.length
    const choices = pieces.filter(
      (p) =>
        requirement.anyOf.includes(p.shows as EvidenceSubject) &&
        !usedPieces.includes(p) &&
        remainingRoomFor(p.kind, usedPieces, packLimits) > 0,
    )
    return Math.max(
      maxMatched(rest, pieces, packLimits, usedPieces),
      ...choices.map((p) => maxMatched(rest, pieces, packLimits, [...usedPieces, p])),
    )
  }
})
