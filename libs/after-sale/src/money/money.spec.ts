import { SECOND, aRefundRequest, eventsOf, given, reported } from '../../../../test/support/cases'
import { costOf } from '../actions/request/action-cost'
import type { AfterSaleCase } from '../case'
import type { Facets } from '../facets'
import { agreedOf, amountAtRiskOf, askedOf, refundCostOf, refundedOf } from './money'
import { publicEventOf } from '../public-events'

const caseOf = (facets: Partial<Facets>, ...later: Partial<Facets>[]): AfterSaleCase => {
  const afterSale = given(
    reported(0, aRefundRequest(facets)),
    ...later.map((facets, i) => reported((i + 1) * SECOND, facets)),
  )
  if (afterSale === undefined) throw new Error('no case')
  return afterSale
}
const threeAmountsOf = (afterSale: AfterSaleCase): unknown[] => [
  askedOf(afterSale),
  agreedOf(afterSale),
  refundedOf(afterSale),
]

describe('asked, agreed and actually refunded', () => {
  it('a newer report that lacks one of them does not erase it', () => {
    const known = { amountAgreed: { total: 8900 }, amountRefunded: { total: 1744 } }
    expect(threeAmountsOf(caseOf(known, { amounts: { total: 9000, legs: {} } }))).toEqual([9000, 8900, 1744])
    const { amounts: _asked, ...lacking } = aRefundRequest()
    expect(threeAmountsOf(caseOf(known, lacking))).toEqual([8900, 8900, 1744])
  })

  it('absent is unknown, not zero', () => {
    expect(threeAmountsOf(caseOf({}))).toEqual([8900, undefined, undefined])
    expect(threeAmountsOf(caseOf({ amountRefunded: { total: 0 } }))).toEqual([8900, undefined, 0])
  })

  it('an older report changes neither, in whatever order they come', () => {
    const older = reported(0, { ...aRefundRequest(), amountRefunded: { total: 1 } })
    const newer = reported(SECOND, { ...aRefundRequest(), amountRefunded: { total: 1744 } })
    for (const afterSale of [given(older, newer), given(newer, older)])
      expect(afterSale && refundedOf(afterSale)).toBe(1744)
  })

  it('each is an event of its own, and every public event carries all three', () => {
    const events = eventsOf(reported(0, aRefundRequest()), reported(SECOND, { amountRefunded: { total: 1744 } }))
    expect(events.map(({ type }) => type)).toEqual(['CaseOpened', 'AmountRefunded'])
    const afterSale = caseOf({}, { amountAgreed: { total: 8900 } }, { amountRefunded: { total: 1744 } })
    const event = { type: 'AmountRefunded', to: { total: 1744 } } as const
    expect(publicEventOf(event, afterSale)).toMatchObject({
      type: 'amount-refunded.v1',
      data: { amountFen: 8900, agreedFen: 8900, refundedFen: 1744, change: { to: { total: 1744 } } },
    })
  })
})

describe('which figure uses which amount', () => {
  const asked = { amounts: { total: 8900, legs: {} } }
  const refunded = { amountRefunded: { total: 1744 } }
  const exchange = { kind: { kind: 'exchange' } } as const

  it.each<[string, Partial<Facets>, number]>([
    ['asked, nothing refunded', asked, 8900],
    ['asked, money stage unknown, part of it refunded', { ...asked, ...refunded }, 8900 - 1744],
    ['refunded in part', { ...asked, ...refunded, money: { stage: 'partly-refunded' } }, 8900 - 1744],
    ['refunded in part, how much is unknown', { ...asked, money: { stage: 'partly-refunded' } }, 8900],
    ['refunded', { ...asked, ...refunded, money: { stage: 'refunded' } }, 0],
    ['recovered', { ...asked, ...refunded, money: { stage: 'recovered' } }, 0],
    ['R148: advanced by the platform', { ...asked, ...refunded, money: { stage: 'advanced' } }, 8900],
    ['more refunded than asked', { ...asked, amountRefunded: { total: 9000 } }, 0],
    ['an exchange, whatever amount is shown with it', { ...asked, ...exchange }, 0],
    ['an exchange whose money moves anyway', { ...asked, ...exchange, money: { stage: 'refunding' } }, 8900],
    ['finished', { ...asked, status: { status: 'closed', raw: '28' } }, 0],
  ])('at risk: %s', (_, facets, atRisk) => expect(amountAtRiskOf(caseOf(facets))).toBe(atRisk))

  it('at risk: nothing is known to be asked', () => {
    const { amounts: _asked, ...without } = aRefundRequest()
    const afterSale = given(reported(0, without))
    expect(afterSale && amountAtRiskOf(afterSale)).toBe(0)
  })

  it.each<[string, Partial<Facets>, ReturnType<typeof refundCostOf>]>([
    ['actually refunded', { ...refunded, amountAgreed: { total: 5000 } }, { fen: 1744, source: 'refunded' }],
    ['not reported: what was agreed', { amountAgreed: { total: 5000 } }, { fen: 5000, source: 'agreed' }],
    ['neither reported: what was asked', {}, { fen: 8900, source: 'asked' }],
  ])('the cost of a refund: %s', (_, facets, cost) => expect(refundCostOf(caseOf(facets))).toEqual(cost))

  it('the cost of a refund: nothing is known', () => {
    const { amounts: _asked, ...without } = aRefundRequest()
    const afterSale = given(reported(0, without))
    expect(afterSale && refundCostOf(afterSale)).toBeUndefined()
  })

  it('the cost of an action: what is asked, without what was already refunded', () => {
    expect(costOf({ name: 'approve-refund' }, caseOf({}))).toBe(8900)
    expect(costOf({ name: 'approve-refund' }, caseOf(refunded))).toBe(8900 - 1744)
    expect(costOf({ name: 'send-small-payment', amount: 500, text: '' }, caseOf(refunded))).toBe(500)
  })
})
