import { NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { Action, AppealItem } from '../actions/action'
import type { ActionFacts } from '../actions/facts/facts'
import type { Objection } from '../actions/guards/guard'
import type { AfterSaleCase } from '../case'
import type { Facets } from '../facets'
import { defaultStoreTerms } from '../store-terms/default-store-terms'
import { appealAmountsFit } from './appeal-guards'

const aCase = (overrides: Partial<Facets> = {}): AfterSaleCase =>
  caseAfter(
    reported(
      0,
      aRefundRequest({
        money: { stage: 'refunded' },
        amounts: { total: 9900, legs: { GOODS: 8900, FREIGHT: 1000 } },
        ...overrides,
      }),
    ),
  )
const item = (kind: AppealItem['kind'], amount: number): AppealItem => ({ kind, text: '已按约定处理', amount })
const appeal = (...items: AppealItem[]): Action => ({ name: 'appeal', items, evidence: [{ hash: 'a', kind: 'image' }] })
const guardInput = (action: Action, facts: ActionFacts = {}, afterSale = aCase()) => ({
  afterSale,
  action,
  facts,
  terms: defaultStoreTerms,
  now: NOON,
})
const objectionTexts = (objections: readonly Objection[]): string[] =>
  objections.map((o) => `${o.type === 'refused' ? o.reason : o.warning} ${o.rule}`)

describe('the amounts', () => {
  it.each<[string, AppealItem, ActionFacts, string[]]>([
    ['R074: all of the goods money', item('goods-money', 8900), {}, []],
    ['R074: a part of it', item('goods-money', 1), {}, []],
    ['R074: one fen more', item('goods-money', 8901), {}, ['AmountTooHigh R074']],
    ['R074: as much as the platform says can be appealed', item('goods-money', 5000), { appealableAmount: 5000 }, []],
    [
      'R074: more than the platform says',
      item('goods-money', 5001),
      { appealableAmount: 5000 },
      ['AmountTooHigh R074'],
    ],
    ['R074: nothing', item('goods-money', 0), {}, ['AmountMissing R074']],
    ['R074: not whole fen', item('goods-money', 1.5), {}, ['AmountMissing R074']],
    ['R078: the freight to the fen', item('freight', 1000), {}, []],
    ['R078: a fen less', item('freight', 999), {}, ['AmountNotExact R078']],
    ['R078: a fen more', item('freight', 1001), {}, ['AmountNotExact R078']],
    ['R078: what the settlement says', item('freight', 1200), { freightRefunded: 1200 }, []],
    ['R068: no money for the rate', item('liability', 1), {}, ['AmountTooHigh R068']],
    ['R079: what was deducted', item('other', 300), { deductions: [{ cause: 'coupon', amount: 300 }] }, []],
    [
      'R079: more than was deducted',
      item('other', 301),
      { deductions: [{ cause: 'coupon', amount: 300 }] },
      ['AmountTooHigh R079'],
    ],
    [
      'R079: of a deduction of unknown amount',
      item('other', 1),
      { deductions: [{ cause: 'coupon' }] },
      ['CannotBeToldApart R079'],
    ],
  ])('%s', (_what, appealItem, facts, objections) => {
    expect(objectionTexts(appealAmountsFit(guardInput(appeal(appealItem), facts)))).toEqual(objections)
  })

  it.each<[string, AppealItem, number, string[]]>([
    ['goods money that was refunded in full', item('goods-money', 8900), 9900, []],
    ['goods money up to what was refunded', item('goods-money', 1744), 1744, []],
    ['goods money beyond what was refunded', item('goods-money', 1745), 1744, ['AmountTooHigh R074']],
    ['freight of a refund in full', item('freight', 1000), 9900, []],
    ['freight of a refund of another amount is unknown', item('freight', 1000), 1744, ['CannotBeToldApart R078']],
  ])('%s', (_what, appealItem, total, objections) => {
    expect(
      objectionTexts(appealAmountsFit(guardInput(appeal(appealItem), {}, aCase({ amountRefunded: { total } })))),
    ).toEqual(objections)
  })

  it('R078: unknown freight is warned about', () => {
    expect(
      objectionTexts(
        appealAmountsFit(guardInput(appeal(item('freight', 1)), {}, aCase({ money: { stage: 'partly-refunded' } }))),
      ),
    ).toEqual(['CannotBeToldApart R078'])
  })
})
