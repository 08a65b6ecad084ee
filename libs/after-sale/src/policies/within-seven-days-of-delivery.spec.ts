import fc from 'fast-check'
import type { AfterSaleCase, Facets, GoodsFacet, Verdict } from '#after-sale'
import { HOUR, NOON, SECOND, given } from '../../../../test/support/cases'
import {
  DAY,
  aReturnRequest,
  caseOf,
  conditionIn,
  reportOf,
  subjectOf,
  truthsOf,
  without,
} from '../../../../test/support/return-cases'
import { withinSevenDaysOfDelivery } from './within-seven-days-of-delivery'

type Counting = 'natural-days' | 'exact'
const judged = (afterSale: AfterSaleCase, counting: Counting = 'natural-days'): Verdict | undefined =>
  withinSevenDaysOfDelivery.judge(subjectOf(afterSale), { counting })
/** Midnight in China that began the day of application. */
const MIDNIGHT = NOON - 12 * HOUR
const delivered = (deliveredAt: number): Partial<Facets> =>
  aReturnRequest({ goods: { stage: 'delivered', parcels: [], deliveredAt } })

describe('R163: applied for within seven days of delivery', () => {
  it.each<[string, number, number, Counting, string]>([
    ['on the day of delivery', NOON - HOUR, NOON, 'natural-days', 'act'],
    ['on day 7, delivered as that day began', MIDNIGHT - 7 * DAY, NOON, 'natural-days', 'act'],
    ['on day 7, in its last moment', MIDNIGHT - 7 * DAY, MIDNIGHT + DAY - 1, 'natural-days', 'act'],
    ['on day 8, in its first moment', MIDNIGHT - 7 * DAY, MIDNIGHT + DAY, 'natural-days', 'leave'],
    ['on day 8, delivered in the last moment of day 0', MIDNIGHT - 7 * DAY - 1, NOON, 'natural-days', 'leave'],
    ['exactly seven times 24 hours later', NOON - 7 * DAY, NOON, 'exact', 'act'],
    ['a moment later than that', NOON - 7 * DAY - 1, NOON, 'exact', 'leave'],
    ['before the parcel was handed over', NOON + HOUR, NOON, 'natural-days', 'act'],
  ])('R163, R118: %s', (_, deliveredAt, appliedAt, counting, outcome) => {
    expect(judged(caseOf(delivered(deliveredAt), appliedAt), counting)?.outcome).toBe(outcome)
  })

  it('R163: shows how many days there were, and of how many', () => {
    expect(conditionIn(judged(caseOf(delivered(NOON - 8 * DAY))), 'appliedInTime')).toMatchObject({
      found: 8,
      wanted: 7,
      truth: 'false',
    })
    expect(conditionIn(judged(caseOf(delivered(NOON - 7 * DAY - 1)), 'exact'), 'appliedInTime')).toMatchObject({
      found: 7.01,
      truth: 'false',
    })
  })

  it('R163: the store may set another number of days', () => {
    const days = { noReasonDays: { value: 15, rule: 'R163', from: '2026-01-01' } } as const
    const subject = subjectOf(caseOf(delivered(NOON - 8 * DAY)), days)
    expect(withinSevenDaysOfDelivery.judge(subject, { counting: 'natural-days' })?.outcome).toBe('act')
  })
})

describe('R163: a delivery at an unknown time', () => {
  const goods: GoodsFacet = { stage: 'delivered', parcels: [] }
  const paid = (paidAt: number): Partial<Facets> =>
    aReturnRequest({ goods, order: { orderNumber: '4781', lines: [], paidAt } })

  it.each([
    ['the buyer paid seven days ago: it cannot have been delivered before', paid(NOON - 7 * DAY), NOON, 'true'],
    ['paid eight days ago: it may have been delivered then, or yesterday', paid(NOON - 8 * DAY), NOON, 'unknown'],
    [
      'the time of payment is unknown',
      aReturnRequest({ goods, order: { orderNumber: '1', lines: [] } }),
      NOON,
      'unknown',
    ],
    [
      'nothing is known of the goods at all',
      without(aReturnRequest({ order: { orderNumber: '1', lines: [] } }), 'goods'),
      NOON,
      'unknown',
    ],
  ] as const)('R163: %s', (_, facets, appliedAt, truth) => {
    expect(truthsOf(judged(caseOf(facets, appliedAt)))['appliedInTime']).toBe(truth)
  })

  it.each([
    [8, 'false'],
    [7, 'unknown'],
  ])('R163: applied for %i days after a report that called the goods delivered: in time: %s', (days, truth) => {
    const before = {
      ...reportOf(without(aReturnRequest({ goods }), 'order')),
      stamp: { revision: NOON - days * DAY, observedAt: NOON },
    }
    const afterSale = given({ ...before, appliedAt: NOON })!
    expect(truthsOf(judged(afterSale))['appliedInTime']).toBe(truth)
  })

  it('R163: not knowing when it was applied for, it was not after the case was first seen', () => {
    expect(truthsOf(judged(caseOf(delivered(NOON - DAY), null)))['appliedInTime']).toBe('true')
    expect(truthsOf(judged(caseOf(delivered(NOON - 9 * DAY), null)))['appliedInTime']).toBe('unknown')
  })

  it('R163: never claims more than would be true if the time were known', () => {
    const days = fc.integer({ min: 0, max: 20 * 24 })
    fc.assert(
      fc.property(
        days,
        days,
        days,
        fc.constantFrom<Counting>('natural-days', 'exact'),
        (paidBefore, deliveredAfter, appliedAfter, counting) => {
          const paidAt = NOON - paidBefore * HOUR
          const deliveredAt = paidAt + deliveredAfter * HOUR
          const appliedAt = deliveredAt + appliedAfter * HOUR
          const order = { orderNumber: '1', lines: [], paidAt }
          const known = caseOf(aReturnRequest({ order, goods: { ...goods, deliveredAt } }), appliedAt)
          const unknown = caseOf(aReturnRequest({ order, goods }), appliedAt)
          const [truth, guess] = [known, unknown].map(
            (afterSale) =>
              truthsOf(judged({ ...afterSale, openedAt: appliedAt + SECOND, reached: {} }, counting))['appliedInTime'],
          )
          expect(truth).not.toBe('unknown')
          if (guess !== 'unknown') expect(guess).toBe(truth)
        },
      ),
    )
  })
})

describe('R163: goods that were not delivered', () => {
  it.each([
    ['not-shipped', 'false'],
    ['intercepting', 'false'],
    ['refused', 'false'],
    ['in-transit', 'unknown'],
    ['unknown', 'unknown'],
    ['delivered', 'true'],
  ] as const)('R163: %s → delivered: %s', (stage, truth) => {
    expect(truthsOf(judged(caseOf(aReturnRequest({ goods: { stage, parcels: [] } }))))['goodsWereDelivered']).toBe(
      truth,
    )
  })
  it('R163: a time of delivery decides, whatever happened to the goods since', () => {
    expect(
      truthsOf(judged(caseOf(aReturnRequest({ goods: { stage: 'returning', parcels: [], deliveredAt: NOON - DAY } }))))[
        'goodsWereDelivered'
      ],
    ).toBe('true')
  })
})

describe('R163: the reason', () => {
  it.each([
    ['7天无理由退货', 'act'],
    ['不想要了', 'act'],
    ['质量问题', 'leave'],
    ['心情不好', 'unsure'],
  ])('R163: %s → %s', (text, outcome) =>
    expect(judged(caseOf(aReturnRequest({ reason: { text } })))?.outcome).toBe(outcome),
  )

  it('R163, R172: it is the one that the buyer gives now, though quality is counted by the first', () => {
    const afterSale = given(reportOf(aReturnRequest({ reason: { text: '质量问题' } }), NOON), {
      ...reportOf({ reason: { text: '不想要了' } }),
      stamp: { revision: NOON + SECOND, observedAt: NOON + SECOND },
    })!
    expect([afterSale.firstReason?.text, judged(afterSale)?.outcome]).toEqual(['质量问题', 'act'])
  })

  it('R161: gives no verdict for other kinds, and every condition is in the trace also when the first fails', () => {
    expect(judged(caseOf(aReturnRequest({ kind: { kind: 'exchange' } })))).toBeUndefined()
    expect(truthsOf(judged(caseOf(aReturnRequest({ reason: { text: '质量问题' } }))))).toEqual({
      reasonIsNone: 'false',
      goodsWereDelivered: 'true',
      appliedInTime: 'true',
      hasReturnAddress: 'true',
    })
  })
})
