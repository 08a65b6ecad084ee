import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { Action, AppealItem } from '../actions/action'
import type { ActionFacts } from '../actions/facts/facts'
import type { Objection } from '../actions/guards/guard'
import type { AfterSaleCase } from '../case'
import type { Facets } from '../facets'
import { defaultStoreTerms } from '../store-terms/default-store-terms'
import {
  appealCanSucceed,
  appealIsDescribed,
  appealIsOpen,
  appealMovesWhatIsWanted,
  appealsAreLeft,
  otherIsSomethingElse,
} from './appeal-guards'

const aCase = (overrides: Partial<Facets> = {}): AfterSaleCase =>
  caseAfter(
    reported(
      0,
      aRefundRequest({
        dispute: { stage: 'ruled-for-buyer' },
        money: { stage: 'refunded' },
        amounts: { total: 9900, legs: { GOODS: 8900, FREIGHT: 1000 } },
        ...overrides,
      }),
    ),
  )
const aReturn = aCase({ kind: { kind: 'return-and-refund' } })
const item = (kind: AppealItem['kind'], amount?: number, text = '已按约定处理'): AppealItem => ({
  kind,
  text,
  ...(amount === undefined ? {} : { amount }),
})
const appeal = (...items: AppealItem[]): Action => ({ name: 'appeal', items, evidence: [{ hash: 'a', kind: 'image' }] })
const inputOf = (action: Action, facts: ActionFacts = {}, afterSale = aCase()) => ({
  afterSale,
  action,
  facts,
  terms: defaultStoreTerms,
  now: NOON,
})
const objectionTexts = (objections: readonly Objection[]): string[] =>
  objections.map((o) => `${o.type === 'refused' ? o.reason : o.warning} ${o.rule}`)
/** Facts by which nothing stands against an appeal. */
const noObstacles: ActionFacts = {
  evidence: [],
  freeShipping: false,
  returnAddressTold: true,
  appealed: [],
  deductions: [],
  failedAppeals: { month: 0, year: 0 },
}

describe('the budget before an appeal', () => {
  it.each<[number, number, string[]]>([
    [0, 0, []],
    [3, 3, ['LastAppeals R061']],
    [4, 4, ['AppealQuotaUsed R061']],
    [0, 10, ['LastAppeals R062']],
    [0, 11, ['AppealQuotaUsed R062']],
  ])('R061, R062: with %i failures this month and %i this year', (month, year, objections) => {
    expect(
      objectionTexts(appealsAreLeft(inputOf(appeal(item('liability')), { failedAppeals: { month, year } }))),
    ).toEqual(objections)
  })

  it('R061: unknown failures are warned about, not counted as none', () => {
    expect(objectionTexts(appealsAreLeft(inputOf(appeal(item('liability')))))).toEqual(['CannotBeToldApart R061'])
  })

  it('R080: two items may fail twice', () => {
    const facts = { failedAppeals: { month: 2, year: 2 } }
    expect(objectionTexts(appealsAreLeft(inputOf(appeal(item('liability')), facts)))).toEqual([])
    expect(objectionTexts(appealsAreLeft(inputOf(appeal(item('liability'), item('goods-money', 1)), facts)))).toEqual([
      'LastAppeals R061',
    ])
  })
})

describe('an appeal that is bound to fail', () => {
  it.each<[string, AfterSaleCase, AppealItem['kind'], ActionFacts, string[]]>([
    ['there is no obstacle', aReturn, 'liability', noObstacles, []],
    [
      'R063: the return address was never given',
      aReturn,
      'liability',
      { ...noObstacles, returnAddressTold: false },
      ['AppealBoundToFail R063'],
    ],
    [
      'R063: unknown whether it was given',
      aReturn,
      'liability',
      { ...noObstacles, returnAddressTold: undefined as never },
      ['AppealLikelyFails R063'],
    ],
    ['R063: nothing was to come back', aCase(), 'liability', { ...noObstacles, returnAddressTold: false }, []],
    [
      'R065: evidence was judged invalid',
      aCase(),
      'goods-money',
      { ...noObstacles, evidence: [{ hash: 'a', kind: 'image', bytes: 1, judgedInvalid: true }] },
      ['AppealBoundToFail R065'],
    ],
    [
      'R065: evidence was judged late',
      aCase(),
      'goods-money',
      { ...noObstacles, evidence: [{ hash: 'a', kind: 'image', bytes: 1, judgedLate: true }] },
      ['AppealBoundToFail R065'],
    ],
    [
      'R077: free shipping',
      aCase(),
      'freight',
      { ...noObstacles, freeShipping: true },
      ['FreeShippingHasNoFreight R077'],
    ],
    [
      'R077: free shipping does not matter for goods money',
      aCase(),
      'goods-money',
      { ...noObstacles, freeShipping: true },
      [],
    ],
    [
      'R077: unknown who paid the shipping',
      aCase(),
      'freight',
      { ...noObstacles, freeShipping: undefined as never },
      ['AppealLikelyFails R077'],
    ],
    [
      'R080: the same was appealed already',
      aCase(),
      'liability',
      { ...noObstacles, appealed: ['liability'] },
      ['AppealItemTwice R080'],
    ],
    [
      'R072: the merchant was not judged liable',
      aCase({ dispute: { stage: 'none' } }),
      'liability',
      noObstacles,
      ['NothingToAppeal R071'],
    ],
    [
      'R074: no goods money went back',
      aCase({ money: { stage: 'none' } }),
      'goods-money',
      noObstacles,
      ['NothingToAppeal R071'],
    ],
    ['R079: nothing else was deducted', aCase(), 'other', noObstacles, ['NothingToAppeal R071']],
  ])('%s', (_what, afterSale, kind, facts, objections) => {
    const knownFacts = Object.fromEntries(
      Object.entries(facts).filter(([, value]) => value !== undefined),
    ) as ActionFacts
    expect(objectionTexts(appealCanSucceed(inputOf(appeal(item(kind)), knownFacts, afterSale)))).toEqual(objections)
  })

  it('R063: an address does not matter once the goods are there', () => {
    const returnedCase = aCase({ kind: { kind: 'return-and-refund' }, goods: { stage: 'received', parcels: [] } })
    expect(
      objectionTexts(
        appealCanSucceed(
          inputOf(appeal(item('liability')), { ...noObstacles, returnAddressTold: false }, returnedCase),
        ),
      ),
    ).toEqual([])
  })

  it('R065: evidence that was wanted and not given in time loses the appeal', () => {
    const missedEvidence = caseAfter(
      reported(0, aRefundRequest({ dispute: { stage: 'evidence-wanted' } })),
      { type: 'FireTimer', kind: 'EVIDENCE', due: NOON + 48 * HOUR, now: NOON + 48 * HOUR },
      reported(50 * HOUR, { dispute: { stage: 'ruled-for-buyer' } }),
    )
    expect(objectionTexts(appealCanSucceed(inputOf(appeal(item('liability')), noObstacles, missedEvidence)))).toEqual([
      'AppealBoundToFail R065',
    ])
  })
})

describe('the items of an appeal', () => {
  it('R073, R082: are at least one, each with a description', () => {
    expect(objectionTexts(appealIsDescribed(inputOf(appeal())))).toEqual(['NothingToAppeal R073'])
    expect(objectionTexts(appealIsDescribed(inputOf(appeal(item('liability', undefined, '  ')))))).toEqual([
      'ExplanationMissing R082',
    ])
    expect(objectionTexts(appealIsDescribed(inputOf(appeal(item('liability'), item('goods-money', 1)))))).toEqual([])
  })

  it('R080: are all different', () => {
    expect(objectionTexts(appealIsDescribed(inputOf(appeal(item('freight', 1), item('freight', 2)))))).toEqual([
      'AppealItemTwice R080',
    ])
  })

  it.each<[string, Action, ActionFacts, string[]]>([
    [
      'beside the item that covers it',
      appeal(item('liability'), item('other', 1)),
      noObstacles,
      ['AppealItemTwice R080'],
    ],
    ['instead of the item that would cover it', appeal(item('other', 1)), noObstacles, ['AppealItemTwice R080']],
    [
      'for compensation that was deducted',
      appeal(item('liability'), item('other', 1)),
      { deductions: [{ cause: 'compensation' }] },
      [],
    ],
    ['for a coupon that was deducted', appeal(item('other', 1)), { deductions: [{ cause: 'coupon' }] }, []],
  ])('R079, R080: "other" %s', (_what, action, facts, objections) => {
    expect(objectionTexts(otherIsSomethingElse(inputOf(action, facts)))).toEqual(objections)
  })

  it('R079: need a check by a person if "other" is chosen and nothing is known', () => {
    const unknownCase = aCase({ dispute: { stage: 'none' }, money: { stage: 'none' } })
    expect(objectionTexts(otherIsSomethingElse(inputOf(appeal(item('other', 1)), {}, unknownCase)))).toEqual([
      'CannotBeToldApart R079',
    ])
  })

  it('R068, R069, R073: are warned about if an item for the rate or for the money is missing', () => {
    expect(objectionTexts(appealMovesWhatIsWanted(inputOf(appeal(item('liability')))))).toEqual(['ClaimsNoMoney R073'])
    expect(objectionTexts(appealMovesWhatIsWanted(inputOf(appeal(item('goods-money', 1)))))).toEqual([
      'ChangesNoRate R068',
    ])
    expect(objectionTexts(appealMovesWhatIsWanted(inputOf(appeal(item('liability'), item('goods-money', 1)))))).toEqual(
      [],
    )
  })
})

describe('withdrawing an appeal', () => {
  it.each<[string, Partial<Facets>, ActionFacts, string[]]>([
    ['while it is being decided', { dispute: { stage: 'appealed' } }, {}, []],
    ['when it was attested', {}, { appealed: ['freight'] }, []],
    ['after it was decided', { dispute: { stage: 'decided' } }, { appealed: ['freight'] }, ['NotInThisStatus R083']],
    ['where there is none', {}, { appealed: [] }, ['NothingToAppeal R083']],
    ['where none is known', {}, {}, ['CannotBeToldApart R083']],
  ])('R083: %s', (_when, overrides, facts, objections) => {
    expect(objectionTexts(appealIsOpen(inputOf({ name: 'withdraw-appeal' }, facts, aCase(overrides))))).toEqual(
      objections,
    )
  })
})
