import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { Action } from '../actions/action'
import type { ActionFacts } from '../actions/facts/facts'
import type { AfterSaleCase } from '../case'
import type { Facets } from '../facets'
import type { StoreTerms } from '../store-terms/store-terms'
import { keepUntilOf } from './retention'
import { closingOf, evidenceWantedBy, isClosed } from './requests'
import { evidenceStillAccepted } from './evidence-still-accepted'
import { DEFAULT_EVIDENCE_TERMS } from './terms'
import { evidenceIsThere, evidenceToStandard } from './evidence-guards'

const DAY = 24 * HOUR
const terms = {} as StoreTerms
const aCase = (overrides: Partial<Facets> = {}): AfterSaleCase => caseAfter(reported(0, aRefundRequest(overrides)))
const evidenceWantedCase = aCase({ dispute: { stage: 'evidence-wanted', id: '77' } })
const submit: Action = { name: 'submit-evidence', text: '已核实', evidence: [{ hash: 'a', kind: 'image' }] }
const answer: Action = { ...submit, name: 'answer-work-order' }

describe('when a place that wants evidence closes', () => {
  it('R125: 48 hours after it asked, where the platform names no time', () => {
    const request = { place: 'work-order', askedAt: NOON } as const
    expect(closingOf(request)).toEqual({ due: NOON + 48 * HOUR, source: 'ASSUMED', rule: 'R125' })
    expect([isClosed(request, NOON + 48 * HOUR - 1), isClosed(request, NOON + 48 * HOUR)]).toEqual([false, true])
  })

  it("R125: at the platform's own time where it names one, sooner or later", () => {
    expect(closingOf({ place: 'appeal', askedAt: NOON, due: NOON + HOUR })).toMatchObject({
      due: NOON + HOUR,
      source: 'OBSERVED',
    })
    expect(isClosed({ place: 'appeal', askedAt: NOON, due: NOON + 90 * HOUR }, NOON + 60 * HOUR)).toBe(false)
  })

  it('is unknown where the time of the request is unknown', () => {
    expect(isClosed({ place: 'work-order' }, NOON + 1000 * DAY)).toBeUndefined()
  })

  it('R046, R064: the case itself is one of the three places', () => {
    expect(evidenceWantedBy(evidenceWantedCase)).toEqual({ place: 'case-detail', number: '77', askedAt: NOON })
    expect(evidenceWantedBy(aCase())).toBeUndefined()
  })

  it('R125: is unknown for a second request, since only the first request has a known time', () => {
    const secondRequest = caseAfter(
      reported(0, aRefundRequest({ dispute: { stage: 'evidence-wanted' } })),
      reported(HOUR, { dispute: { stage: 'evidence-given' } }),
      reported(50 * HOUR, { dispute: { stage: 'evidence-wanted' } }),
    )
    expect(evidenceWantedBy(secondRequest)).toEqual({ place: 'case-detail' })
  })
})

describe('submitting evidence', () => {
  const objectionsTo = (action: Action, afterSale: AfterSaleCase, now: number, facts: ActionFacts = {}) =>
    evidenceStillAccepted({ afterSale, action, facts, terms, now })

  it.each([
    ['a moment before it closes', NOON + 48 * HOUR - 1, []],
    ['when it closes', NOON + 48 * HOUR, [{ type: 'refused', reason: 'EvidenceClosed', rule: 'R125' }]],
  ])('R125: %s', (_when, now, objections) => {
    expect(objectionsTo(submit, evidenceWantedCase, now)).toEqual(objections)
  })

  it('R046: is refused where the case wants none, and warned about where no dispute is known', () => {
    expect(objectionsTo(submit, aCase({ dispute: { stage: 'none' } }), NOON)).toMatchObject([
      { reason: 'NotInThisStatus' },
    ])
    expect(objectionsTo(submit, aCase(), NOON)).toMatchObject([{ warning: 'CannotBeToldApart' }])
  })

  it('R126: answers the work order that closes last, whatever the case shows', () => {
    const evidenceAsked = [
      { place: 'work-order', askedAt: NOON - 90 * HOUR },
      { place: 'work-order', askedAt: NOON - 47 * HOUR },
    ] as const
    expect(objectionsTo(answer, aCase(), NOON, { evidenceAsked })).toEqual([])
    expect(objectionsTo(answer, aCase(), NOON + HOUR, { evidenceAsked })).toMatchObject([{ reason: 'EvidenceClosed' }])
    expect(objectionsTo(answer, aCase(), NOON)).toEqual([
      { type: 'warned', warning: 'CannotBeToldApart', rule: 'R126' },
    ])
  })

  it('R124: is refused without evidence', () => {
    const empty: Action = { ...answer, evidence: [] }
    expect(
      evidenceIsThere({ afterSale: evidenceWantedCase, action: empty, facts: {}, terms, now: NOON }),
    ).toMatchObject([{ reason: 'EvidenceMissing', rule: 'R124' }])
    expect(evidenceIsThere({ afterSale: evidenceWantedCase, action: answer, facts: {}, terms, now: NOON })).toEqual([])
  })

  const good = { hash: 'a', kind: 'image', bytes: 9, capturedAt: NOON - HOUR, width: 900, height: 900 } as const
  it.each<[string, ActionFacts, unknown]>([
    ['to standard', { evidence: [good] }, []],
    ['R143: of which nothing is known', {}, [{ warning: 'CannotBeToldApart' }]],
    [
      'R065: that was judged invalid',
      { evidence: [{ ...good, judgedInvalid: true }] },
      [{ reason: 'EvidenceNotToStandard', rule: 'R065' }],
    ],
    [
      'R066: where no picture is taken',
      { evidence: [good], evidenceLimits: { pieces: { image: 0 }, source: '', asOf: '' } },
      [{ reason: 'EvidenceNotToStandard' }],
    ],
    [
      'R066: with a text that is one character too long',
      { evidence: [good], evidenceLimits: { textLength: 2, source: '', asOf: '' } },
      [{ reason: 'EvidenceNotToStandard' }],
    ],
  ])('submits a piece %s', (_what, facts, objections) => {
    expect(
      evidenceToStandard({ afterSale: evidenceWantedCase, action: submit, facts, terms, now: NOON }),
    ).toMatchObject(objections as object)
  })

  it('R066: submits no piece twice', () => {
    const duplicatedPiece: Action = { ...submit, evidence: [...submit.evidence, ...submit.evidence] }
    expect(
      evidenceToStandard({ afterSale: evidenceWantedCase, action: duplicatedPiece, facts: {}, terms, now: NOON }),
    ).toMatchObject([{ reason: 'EvidenceNotToStandard' }])
  })
})

describe('how long evidence is kept', () => {
  const { afterEnd, margin } = DEFAULT_EVIDENCE_TERMS
  const retentionAfterEnd = afterEnd.value + margin.value

  it('R125: reaches beyond the last deadline of an open case and the time in which an appeal may follow', () => {
    expect(keepUntilOf(evidenceWantedCase, NOON)).toBe(NOON + 48 * HOUR + retentionAfterEnd)
    expect(keepUntilOf(evidenceWantedCase, NOON + 100 * DAY)).toBe(NOON + 100 * DAY + retentionAfterEnd)
  })

  it('counts from the end of a finished case, so that it ends some day', () => {
    const finished = aCase({ status: { status: 'succeeded', outcome: 'refunded', raw: '10' } })
    expect([keepUntilOf(finished, NOON), keepUntilOf(finished, NOON + 400 * DAY)]).toEqual([
      NOON + retentionAfterEnd,
      NOON + retentionAfterEnd,
    ])
  })

  it('R064: is longer where a place closes later still', () => {
    const finished = aCase({ status: { status: 'closed', raw: '11' } })
    const due = NOON + 300 * DAY
    expect(keepUntilOf(finished, NOON, [{ place: 'appeal', due }])).toBe(due + margin.value)
  })
})
