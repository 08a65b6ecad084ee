import { plainTerms } from '../../../../../test/support/action-commands'
import { HOUR, NOON, aRefundRequest, given, reported } from '../../../../../test/support/cases'
import type { Facets } from '../../facets'
import { checkStrategy } from '../framework/check-strategy'
import { explain } from '../explain/explain'
import type { PolicyName } from '../framework/policy-names'
import { POLICIES } from '../policies'
import type { Judgement, Verdict } from '../framework/verdict'

const paid = (amount: number): Partial<Facets> => ({
  order: { orderNumber: '1', lines: [{ lineId: '1', paid: amount }] },
})
const returned: Partial<Facets> = { kind: { kind: 'return-and-refund' }, money: { stage: 'asked' } }
const terms = { ...plainTerms, refusalCategories: ['shoes'] }
const facts = { category: 'shoes', chatExists: true, shippedAt: NOON - 25 * HOUR }

/** Each strategy that lets money go, or a return begin, with a case on which it acts. */
const ACTING: readonly (readonly [PolicyName, object, Partial<Facets>])[] = [
  [
    'warehouseAcceptedGoods',
    { receivedIsEnough: true },
    {
      ...returned,
      status: { status: 'awaiting-merchant-receipt', raw: '11' },
      goods: { stage: 'received', parcels: [] },
    },
  ],
  ['parcelMayBeRefused', { upTo: 100_000 }, { goods: { stage: 'in-transit', parcels: [] } }],
  [
    'withinSevenDaysOfDelivery',
    { counting: 'exact' },
    {
      ...returned,
      reason: { text: '七天无理由' },
      goods: { stage: 'delivered', parcels: [], deliveredAt: NOON - HOUR },
    },
  ],
  ['returnReasonIsChosen', { reasons: [], codes: [], matchesAllConfirmed: true }, returned],
  ['appliedOffDuty', { holidays: 'as-usual' }, returned],
]

function judged(policy: PolicyName, settings: object, facets: Partial<Facets>): Verdict {
  const reasons = [{ words: '七天无理由', class: 'no-reason' }] as const
  // Applied for at two in the morning, China time.
  const appliedAt = NOON - 10 * HOUR
  const afterSale = given({ ...reported(0, aRefundRequest(facets)), appliedAt })
  if (afterSale === undefined) throw new Error('no case')
  const verdict = POLICIES[policy].judge({ afterSale, terms: { ...terms, reasons }, now: NOON, facts }, settings)
  if (verdict === undefined) throw new Error('none of its business')
  return verdict
}

describe.each(ACTING)('%s, full refunds only', (policy, settings, facets) => {
  it.each<[string, object, Partial<Facets>, Judgement]>([
    ['not asked for: a compensation', {}, paid(10_000), 'act'],
    ['switched off: a compensation', { fullRefundsOnly: false }, paid(10_000), 'act'],
    ['a full refund', { fullRefundsOnly: true }, paid(8_900), 'act'],
    ['a fen less than was paid', { fullRefundsOnly: true }, paid(8_901), 'leave'],
    ['a compensation', { fullRefundsOnly: true }, paid(10_000), 'leave'],
    ['what was paid is unknown: a person decides', { fullRefundsOnly: true }, {}, 'unsure'],
  ])('%s', (_, setting, order, outcome) => {
    expect(judged(policy, { ...settings, ...setting }, { ...facets, ...order }).outcome).toBe(outcome)
  })

  it('is an optional setting, a yes or a no', () => {
    expect(checkStrategy(policy, settings)).toEqual([])
    expect(checkStrategy(policy, { ...settings, fullRefundsOnly: true })).toEqual([])
    expect(checkStrategy(policy, { ...settings, fullRefundsOnly: 'yes' })).toEqual([
      { at: 'fullRefundsOnly', problem: 'NotYesOrNo' },
    ])
  })

  it('is explained with both amounts, in both languages', () => {
    const verdict = judged(policy, { ...settings, fullRefundsOnly: true }, { ...facets, ...paid(10_000) })
    const sentences = (['zh', 'en'] as const).map((language) =>
      explain(verdict, language).sentences.find(({ claim }) => claim === 'isFullRefund'),
    )
    expect(sentences).toMatchObject([
      {
        rule: 'R122',
        truth: 'false',
        text: expect.stringMatching(/不成立: 退还所涉商品的全部实付 \(实际 ¥?89\.00.*100\.00/) as string,
      },
      { rule: 'R122', truth: 'false', text: expect.stringMatching(/all that was paid.*89\.00.*100\.00/) as string },
    ])
  })
})
