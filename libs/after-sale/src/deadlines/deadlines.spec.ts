import { decide } from '../decide'
import { deadlinesOf, nextDeadlineOf } from './deadlines'
import { timersOf } from './timers'
import { turnOf } from '../turn'
import { HOUR, NOON, aRefundRequest, given, reported } from '../../../../test/support/cases'

const opened = reported(0, aRefundRequest())

describe('the deadline ledger', () => {
  it('R088, R168: assumes 48 hours for the merchant where the platform gives no deadline', () => {
    expect(deadlinesOf(given(opened)!)).toEqual([
      {
        kind: 'SELLER_RESPONSE',
        turn: 'us',
        due: NOON + 48 * HOUR,
        source: 'ASSUMED',
        onBreach: 'platform-refunds',
        atRisk: 8900,
        passed: false,
      },
    ])
  })

  it('prefers the platform’s deadline to any default', () => {
    const afterSale = given(opened, reported(1, { deadline: { due: NOON + 5 * HOUR, forRaw: '6' } }))!
    expect(nextDeadlineOf(afterSale)).toMatchObject({ due: NOON + 5 * HOUR, source: 'OBSERVED' })
  })

  it('ignores a deadline that was shown with another status', () => {
    const afterSale = given(
      reported(0, aRefundRequest({ deadline: { due: NOON + HOUR, forRaw: '6' } })),
      reported(1000, { status: { status: 'awaiting-buyer-return', raw: '7' } }),
    )!
    expect(deadlinesOf(afterSale)).toEqual([])
  })

  it('is empty if the platform reports that no deadline runs', () => {
    expect(deadlinesOf(given(reported(0, aRefundRequest({ deadline: { due: null, forRaw: '6' } })))!)).toEqual([])
  })

  it('R125: evidence is wanted within 48 hours and comes before the rest', () => {
    const afterSale = given(reported(0, { ...aRefundRequest(), dispute: { stage: 'evidence-wanted' } }))!
    expect(deadlinesOf(afterSale).map((d) => [d.kind, d.due])).toEqual([
      ['SELLER_RESPONSE', NOON + 48 * HOUR],
      ['EVIDENCE', NOON + 48 * HOUR],
    ])
    expect(turnOf(afterSale)).toBe('us')
  })

  it('R113: a refund that was agreed should arrive within 24 hours', () => {
    const afterSale = given(reported(0, aRefundRequest({ status: { status: 'refunding', raw: '4' } })))!
    expect(deadlinesOf(afterSale)).toMatchObject([
      { kind: 'REFUND_ARRIVAL', due: NOON + 24 * HOUR, source: 'DERIVED', atRisk: 0 },
    ])
  })

  it('is empty for a finished case', () => {
    expect(deadlinesOf(given(reported(0, aRefundRequest({ status: { status: 'succeeded', raw: '12' } })))!)).toEqual([])
  })
})

describe('a deadline whose timer fires', () => {
  const firing = (due: number, now = due) => ({ type: 'FireTimer', kind: 'SELLER_RESPONSE', due, now }) as const

  it('R044: is recorded as passed with its predicted breach, and the case is read', () => {
    expect(decide(given(opened), firing(NOON + 48 * HOUR))).toEqual({
      type: 'decided',
      events: [
        {
          type: 'DeadlinePassed',
          kind: 'SELLER_RESPONSE',
          due: NOON + 48 * HOUR,
          breach: 'platform-refunds',
          atRisk: 8900,
        },
      ],
      effects: [{ type: 'ReadCase', why: 'deadline-passed' }],
    })
  })

  it.each([
    ['a moment early', NOON + 48 * HOUR, NOON + 48 * HOUR - 1],
    ['for a time that has moved', NOON + 47 * HOUR, NOON + 49 * HOUR],
  ])('does nothing %s', (_when, due, now) => {
    expect(decide(given(opened), firing(due, now))).toEqual({ type: 'decided', events: [], effects: [] })
  })

  it('is recorded once', () => {
    const passed = given(opened, firing(NOON + 48 * HOUR))
    expect(decide(passed, firing(NOON + 48 * HOUR))).toEqual({ type: 'decided', events: [], effects: [] })
    expect(timersOf(passed!).map((t) => t.kind)).toEqual(['RECHECK'])
  })

  it('is refused for an unknown case', () => {
    expect(decide(undefined, firing(NOON))).toEqual({ type: 'refused', reason: 'NoSuchCase' })
  })
})

describe('whose turn it is', () => {
  it.each([
    ['awaiting-merchant-decision', 'us'],
    ['awaiting-merchant-receipt', 'us'],
    ['awaiting-merchant-shipment', 'us'],
    ['awaiting-recall', 'us'],
    ['awaiting-buyer-return', 'buyer'],
    ['awaiting-buyer-action', 'buyer'],
    ['awaiting-buyer-receipt', 'buyer'],
    ['awaiting-refusal', 'carrier'],
    ['refused', 'buyer'],
    ['platform-handling', 'platform'],
    ['refunding', 'platform'],
    ['succeeded', 'nobody'],
    ['closed', 'nobody'],
  ] as const)('%s: %s', (status, turn) => {
    expect(turnOf(given(reported(0, { status: { status, raw: 'x' } }))!)).toBe(turn)
  })

  it('is the platform’s once it has stepped in (R142)', () => {
    expect(turnOf(given(reported(0, { ...aRefundRequest(), dispute: { stage: 'platform-intervened' } }))!)).toBe(
      'platform',
    )
  })
})
