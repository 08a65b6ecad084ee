import fc from 'fast-check'
import type { Facets, ServiceSpan, StoreTerms, Truth, Verdict } from '#after-sale'
import { allOf } from '#after-sale'
import { HOUR, NOON } from '../../../../test/support/cases'
import {
  DAY,
  aReturnOnItsWay,
  aReturnRequest,
  caseOf,
  conditionIn,
  subjectOf,
  truthsOf,
  without,
} from '../../../../test/support/return-cases'
import { platformAdvancesRefund } from './platform-advances-refund'

const on: Partial<StoreTerms> = { advanceRefund: [{ from: NOON - 30 * DAY }] }
const judged = (
  facets: Partial<Facets>,
  overrides: Partial<StoreTerms> = on,
  now = NOON + HOUR,
  appliedAt: number | null = NOON,
): Verdict | undefined =>
  platformAdvancesRefund.judge(subjectOf(caseOf(facets, appliedAt), overrides, now), { waitsHours: 24 })
const truthOf = (claim: string, facets: Partial<Facets>, overrides?: Partial<StoreTerms>): Truth | undefined =>
  truthsOf(judged(facets, overrides))[claim]

const paid = (fen: number | undefined, more: Partial<Facets> = {}): Partial<Facets> =>
  aReturnOnItsWay({
    order: { orderNumber: '4781', lines: [{ lineId: '1', ...(fen === undefined ? {} : { paid: fen }) }] },
    amounts: { total: 100, legs: {} },
    ...more,
  })

describe('R148: the platform advances the refund when all six conditions hold', () => {
  it('R148: the platform is then expected to pay, and no other policy pays', () => {
    expect(judged(aReturnOnItsWay())).toMatchObject({ outcome: 'expect', action: { name: 'approve-refund' } })
  })

  it('R149–R154: each of the six is in the trace, in their order', () => {
    expect(judged(aReturnOnItsWay())?.conditions.map(({ rule, claim, truth }) => [rule, claim, truth])).toEqual([
      ['R149', 'serviceIsOpen', 'true'],
      ['R150', 'askedForReturnAndRefund', 'true'],
      ['R151', 'reasonIsNone', 'true'],
      ['R152', 'merchantAgreed', 'true'],
      ['R152', 'trackingIsVerified', 'true'],
      ['R153', 'buyerPassesRiskCheck', 'true'],
      ['R154', 'paidUnderLimit', 'true'],
      ['R148', 'platformHasTimeLeft', 'true'],
    ])
  })

  const off: readonly ServiceSpan[] = [{ from: NOON - 30 * DAY, until: NOON - 10 * DAY }]
  const breaks: readonly (readonly [string, (facets: Partial<Facets>) => Partial<Facets>, Partial<StoreTerms>])[] = [
    ['R149: the service was closed before the order was paid', (f) => f, { advanceRefund: off }],
    ['R150: applied as a refund only', (f) => ({ ...f, kind: { kind: 'refund-only' } }), on],
    ['R151: the reason is the quality', (f) => ({ ...f, reason: { text: '质量问题' } }), on],
    [
      'R152: no tracking number is given',
      (f) => ({ ...f, goods: { stage: 'returning', parcels: [{ direction: 'out', tracking: 'SF1' }] } }),
      on,
    ],
    ['R153: the risk check failed', (f) => ({ ...f, flags: ['risk:abnormal'] }), on],
    [
      'R154: 300.00 were paid',
      (f) => ({ ...f, order: { orderNumber: '1', lines: [{ lineId: '1', paid: 30_000 }], paidAt: NOON - 3 * DAY } }),
      on,
    ],
  ]
  it.each(breaks)('%s: not expected', (_, broken, overrides) =>
    expect(judged(broken(aReturnOnItsWay()), overrides)?.outcome).toBe('leave'),
  )

  it('R148: whatever is true, false or unknown, it is expected only when every condition is true', () => {
    fc.assert(
      fc.property(
        fc.subarray(breaks.slice(1).map((_, i) => i + 1)),
        fc.subarray(['kind', 'reason', 'goods', 'flags', 'order'] as const),
        fc.boolean(),
        (which, withoutPaymentTime, open) => {
          const facets = without(
            which.reduce((f, i) => breaks[i]![1](f), aReturnOnItsWay()),
            ...withoutPaymentTime,
          )
          const verdict = judged(facets, open ? on : { advanceRefund: off })!
          const truth = allOf(verdict.conditions.map((condition) => condition.truth))
          expect(verdict.outcome).toBe({ true: 'expect', false: 'leave', unknown: 'unsure' }[truth])
          expect(verdict.outcome === 'expect').toBe(which.length === 0 && withoutPaymentTime.length === 0 && open)
        },
      ),
    )
  })

  it('R148: gives no verdict for a store that never opened the service, nor once the money moves', () => {
    expect(judged(aReturnOnItsWay(), { advanceRefund: [] })).toBeUndefined()
    for (const status of ['refunding', 'succeeded', 'closed', 'refused'] as const)
      expect(judged(aReturnOnItsWay({ status: { status, raw: 'x' } }))).toBeUndefined()
  })

  it.each([
    [NOON + DAY - 1, 'expect'],
    [NOON + DAY, 'leave'],
  ])('R148: it is automatic: what has not come within the wait is expected no longer (%i → %s)', (now, outcome) => {
    expect(judged(aReturnOnItsWay(), on, now)?.outcome).toBe(outcome)
  })
})

describe('R154: strictly less than 300 yuan', () => {
  it.each([
    [29_999, 'true'],
    [30_000, 'false'],
    [30_001, 'false'],
  ])('R154: %i fen paid → %s', (fen, truth) => expect(truthOf('paidUnderLimit', paid(fen))).toBe(truth))

  it('R154: it is what was paid for all goods of the case together', () => {
    const twoLines = (a: number, b?: number) =>
      paid(0, {
        order: {
          orderNumber: '1',
          lines: [
            { lineId: '1', paid: a },
            { lineId: '2', ...(b === undefined ? {} : { paid: b }) },
          ],
        },
      })
    expect(
      [twoLines(15_000, 14_999), twoLines(15_000, 15_000), twoLines(15_000)].map((f) => truthOf('paidUnderLimit', f)),
    ).toEqual(['true', 'false', 'unknown'])
  })

  it.each([
    ['the whole order cost less', { order: { orderNumber: '1', lines: [], paid: 29_999 } }, 'true'],
    ['the whole order cost more', { order: { orderNumber: '1', lines: [], paid: 30_000 } }, 'unknown'],
    ['as much is asked back for the goods', { amounts: { total: 30_000, legs: { GOODS: 30_000 } } }, 'false'],
    [
      'as much is asked back, freight and all',
      { amounts: { total: 30_000, legs: { GOODS: 29_000, FREIGHT: 1_000 } } },
      'unknown',
    ],
    ['nothing is known', {}, 'unknown'],
  ] as const)('R154: not knowing what was paid for the goods: %s → %s', (_, more, truth) =>
    expect(truthOf('paidUnderLimit', paid(undefined, more))).toBe(truth),
  )

  it('R154: another limit is configuration', () => {
    expect(
      truthOf('paidUnderLimit', paid(30_000), {
        ...on,
        advanceRefundLimit: { value: 50_000, rule: 'R154', from: '2026-01-01' },
      }),
    ).toBe('true')
  })
})

describe('R149, R155, R157, R158: the service', () => {
  const closed: Partial<StoreTerms> = { advanceRefund: [{ from: NOON - 30 * DAY, until: NOON - 2 * DAY }] }
  const paidAt = (at: number) =>
    aReturnOnItsWay({ order: { orderNumber: '1', lines: [{ lineId: '1', paid: 100 }], paidAt: at } })
  it.each([
    ['a moment before the closing', NOON - 2 * DAY - 1, 'expect'],
    ['at the closing', NOON - 2 * DAY, 'leave'],
  ])('R158: closed since, the order paid %s: %s', (_, at, outcome) =>
    expect(judged(paidAt(at), closed)?.outcome).toBe(outcome),
  )

  it('R158: with an unknown time of payment: applied for before the closing it was paid before it, else it is unknown', () => {
    const withoutPaymentTime = aReturnOnItsWay({ order: { orderNumber: '1', lines: [{ lineId: '1', paid: 100 }] } })
    expect(judged(withoutPaymentTime, closed)?.outcome).toBe('unsure')
    expect(judged(withoutPaymentTime, { advanceRefund: [{ from: NOON - 30 * DAY, until: NOON + 1 }] })?.outcome).toBe(
      'expect',
    )
    expect(judged(withoutPaymentTime, { advanceRefund: [{ from: NOON - 30 * DAY, until: NOON }] })?.outcome).toBe(
      'unsure',
    )
  })

  it('R149, R157: opened again it is on for all, and the trace shows it', () => {
    const reopenedTerms = { advanceRefund: [...closed.advanceRefund!, { from: NOON - DAY }] }
    expect(conditionIn(judged(paidAt(NOON - 36 * HOUR), reopenedTerms), 'serviceIsOpen')).toMatchObject({
      rule: 'R149',
      truth: 'true',
      found: 'service-on',
    })
    expect(conditionIn(judged(paidAt(NOON - DAY), closed), 'serviceIsOpen')).toMatchObject({
      rule: 'R158',
      found: NOON - DAY,
      wanted: NOON - 2 * DAY,
    })
  })
})

describe('R152: approved, then sent back with a number that the platform verified', () => {
  const backParcel = [{ direction: 'back', tracking: 'YT2' }] as const
  it.each([
    ['not agreed to yet', aReturnRequest({ flags: ['risk:ok'] }), 'false', 'false'],
    [
      'agreed to, no number yet',
      aReturnOnItsWay({
        status: { status: 'awaiting-buyer-return', raw: '7' },
        goods: { stage: 'delivered', parcels: [] },
      }),
      'true',
      'false',
    ],
    [
      'a number given, not taken by the platform yet',
      aReturnOnItsWay({
        status: { status: 'awaiting-buyer-return', raw: '7' },
        goods: { stage: 'returning', parcels: backParcel },
      }),
      'true',
      'unknown',
    ],
    ['taken', aReturnOnItsWay(), 'true', 'true'],
    ['taken, and doubted', aReturnOnItsWay({ flags: ['risk:abnormal'] }), 'true', 'false'],
    ['nothing is known of the goods', without(aReturnOnItsWay(), 'goods'), 'true', 'unknown'],
  ])('R152: %s', (_, facets, agreed, verified) => {
    expect([truthOf('merchantAgreed', facets), truthOf('trackingIsVerified', facets)]).toEqual([agreed, verified])
  })
})

describe('R153: the buyer’s risk level', () => {
  it.each([
    [['risk:ok'], 'true'],
    [['risk:abnormal'], 'false'],
    [['buyer-risk:ok', 'risk:abnormal'], 'true'],
    [['buyer-risk:high', 'risk:ok'], 'false'],
    [[], 'unknown'],
  ])('R153: marked %j → %s', (flags, truth) =>
    expect(truthOf('buyerPassesRiskCheck', aReturnOnItsWay({ flags }))).toBe(truth),
  )
  it('R153: without a report nothing is known', () =>
    expect(judged(without(aReturnOnItsWay(), 'flags'))?.outcome).toBe('unsure'))
})
