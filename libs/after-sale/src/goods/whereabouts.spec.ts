import { HOUR, NOON, SECOND, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { AfterSaleCase } from '../case'
import { amountAtRiskOf } from '../money/money'
import type { GoodsStage } from '../glossary/rails'
import { turnOf } from '../turn'
import { shippedWithin, signedForOf } from './whereabouts'

const goods = (stage: GoodsStage) => ({ goods: { stage, parcels: [] } })
const caseOf = (...overrides: Parameters<typeof aRefundRequest>): AfterSaleCase =>
  caseAfter(reported(0, aRefundRequest(...overrides)))

describe('R011: whether the goods are signed for', () => {
  it.each<[GoodsStage, string]>([
    ['unknown', 'unknown'],
    ['not-shipped', 'false'],
    ['intercepting', 'false'],
    ['in-transit', 'false'],
    ['delivered', 'true'],
    ['refused', 'false'],
    ['returning', 'unknown'],
    ['received', 'unknown'],
    ['inspected-fit', 'unknown'],
    ['inspected-unfit', 'unknown'],
  ])('%s: %s', (stage, expected) => expect(signedForOf(caseOf(goods(stage)))).toBe(expected))

  it.each([
    [
      'the buyer’s own parcel is on its way',
      caseOf({ goods: { stage: 'returning', parcels: [{ direction: 'back', tracking: '1' }] } }),
    ],
    [
      'a delivery was reported before',
      caseAfter(reported(0, aRefundRequest(goods('delivered'))), reported(SECOND, goods('returning'))),
    ],
    ['the time of delivery is known', caseOf({ goods: { stage: 'returning', parcels: [], deliveredAt: NOON } })],
  ])('they come back, and %s: they were', (_, afterSale) => expect(signedForOf(afterSale)).toBe('true'))

  it('is unknown where nothing was reported', () => expect(signedForOf(caseOf())).toBe('unknown'))
})

describe('R001: whether a parcel was shipped a short time ago', () => {
  const isShippedWithinHour = (
    overrides: Parameters<typeof aRefundRequest>[0],
    shippedAt: number | undefined,
    now: number,
  ) => shippedWithin(caseOf(overrides), shippedAt, HOUR, now)
  it.each([
    ['to the last moment', NOON, NOON + HOUR - 1, 'true'],
    ['not at the end', NOON, NOON + HOUR, 'false'],
    ['unknown when: it may be', undefined, NOON + HOUR - 1, 'unknown'],
    ['unknown when, but it was in transit before', undefined, NOON + HOUR, 'false'],
  ])('%s', (_, shippedAt, now, expected) =>
    expect(isShippedWithinHour(goods('in-transit'), shippedAt, now)).toBe(expected),
  )

  it('a parcel with only a printed waybill counts as just shipped', () => {
    expect(isShippedWithinHour(goods('not-shipped'), undefined, NOON + 100 * HOUR)).toBe('true')
  })
  it('an order that was paid a short time ago was shipped after that', () => {
    const order = { orderNumber: '1', lines: [], paidAt: NOON }
    expect([
      isShippedWithinHour({ order }, undefined, NOON + HOUR - 1),
      isShippedWithinHour({ order }, undefined, NOON + HOUR),
    ]).toEqual(['true', 'unknown'])
  })
})

describe('goods and money move side by side', () => {
  it('R003, R004: an intercepted parcel is still coming back when its buyer has the money', () => {
    const afterSale = caseAfter(
      reported(0, aRefundRequest(goods('intercepting'))),
      reported(SECOND, { ...goods('returning'), money: { stage: 'refunded' } }),
    )
    expect([afterSale.goods?.stage, afterSale.money?.stage, amountAtRiskOf(afterSale)]).toEqual([
      'returning',
      'refunded',
      0,
    ])
  })

  it('R006, R010: after a refusal the platform refunds, so it is not our turn', () => {
    const status = { status: 'awaiting-refusal', raw: '31' } as const
    const refused = caseAfter(
      reported(0, aRefundRequest({ status, ...goods('in-transit') })),
      reported(SECOND, goods('refused')),
    )
    expect([turnOf(refused), refused.goods?.stage]).toEqual(['carrier', 'refused'])
  })
})
