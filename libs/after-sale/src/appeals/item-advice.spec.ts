import { aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { ActionFacts } from '../actions/facts/facts'
import type { AfterSaleCase } from '../case'
import type { Facets } from '../facets'
import { adviseItems } from './item-advice'
import { APPEAL_KINDS, APPEAL_KIND_NAMES, APPEAL_SCENES } from './appeal-kinds'
import type { AppealSubject } from './appeal-scenes'
import { scenesOf } from './appeal-scenes'

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
const noObstacles: ActionFacts = { evidence: [], freeShipping: false, returnAddressTold: true, deductions: [] }
const subject = (facts: ActionFacts = noObstacles, overrides: Partial<Facets> = {}): AppealSubject => ({
  afterSale: aCase(overrides),
  facts,
})
const BOTH = { rate: true, money: true }
const adviceTexts = (appealSubject: AppealSubject, wish = BOTH): string[] =>
  adviseItems(appealSubject, wish).map(
    (itemAdvice) => `${itemAdvice.kind}: ${itemAdvice.advice === 'leave' ? itemAdvice.because : itemAdvice.advice}`,
  )

describe('which items to tick', () => {
  it('R067, R068, R070: the rate and the money are moved by different kinds', () => {
    expect(APPEAL_KIND_NAMES.map((kind) => APPEAL_KINDS[kind].moves)).toEqual(['rate', 'money', 'money', 'money'])
  })

  it('R071: those whose facts apply, with the most that each can claim', () => {
    expect(adviseItems(subject(), BOTH)).toEqual([
      { kind: 'liability', advice: 'take', scene: 'judged-liable', rule: 'R072' },
      { kind: 'goods-money', advice: 'take', scene: 'goods-refunded', most: 8900, rule: 'R074' },
      { kind: 'freight', advice: 'take', scene: 'freight-refunded', most: 1000, rule: 'R076' },
      { kind: 'other', advice: 'leave', because: 'NothingToAppeal', rule: 'R071' },
    ])
  })

  it('R069: for the rate alone no money is ticked, and the other way round', () => {
    expect(adviceTexts(subject(), { rate: true, money: false })).toEqual([
      'liability: take',
      'goods-money: NotWanted',
      'freight: NotWanted',
      'other: NotWanted',
    ])
    expect(adviceTexts(subject(), { rate: false, money: true })[0]).toBe('liability: NotWanted')
  })

  it('R077: no freight where shipping was free, nor before that is known', () => {
    expect(adviceTexts(subject({ ...noObstacles, freeShipping: true }))[2]).toBe('freight: FreeShipping')
    const { freeShipping: _unknown, ...rest } = noObstacles
    expect(adviseItems(subject(rest), BOTH)[2]).toEqual({
      kind: 'freight',
      advice: 'find-out',
      unknown: ['FreeShipping'],
      rule: 'R077',
    })
  })

  it('R080: "other" is left where the rest covers all that is known', () => {
    const { deductions: _unknown, ...rest } = noObstacles
    expect(adviceTexts(subject(rest))[3]).toBe('other: CoveredByOthers')
  })

  it.each([
    ['compensation', 'compensation-deducted'],
    ['coupon', 'coupon-deducted'],
    ['other', 'something-else-deducted'],
  ] as const)('R079: "other" is for a deduction outside the three kinds: %s', (cause, scene) => {
    expect(adviseItems(subject({ ...noObstacles, deductions: [{ cause, amount: 500 }] }), BOTH)[3]).toEqual({
      kind: 'other',
      advice: 'take',
      scene,
      most: 500,
      rule: 'R079',
    })
  })

  it('R063: nothing at all where the return address was never given', () => {
    expect(
      adviceTexts(subject({ ...noObstacles, returnAddressTold: false }, { kind: { kind: 'return-and-refund' } })).slice(
        0,
        3,
      ),
    ).toEqual(['liability: AddressNotTold', 'goods-money: AddressNotTold', 'freight: AddressNotTold'])
  })
})

describe('R075, R076: the scenes of a freight appeal', () => {
  const freight = (appealSubject: AppealSubject): string[] =>
    scenesOf(appealSubject, 'freight').map(({ scene, truth }) => `${scene}: ${truth}`)
  const refused: Partial<Facets> = { goods: { stage: 'refused', parcels: [] }, money: { stage: 'partly-refunded' } }

  it.each<[string, AppealSubject, string[]]>([
    ['freight that was refunded', { ...subject(), reasonClass: 'quality' }, ['true', 'false', 'false']],
    [
      'no freight was refunded',
      { ...subject({ ...noObstacles, freightRefunded: 0 }), reasonClass: 'quality' },
      ['false', 'false', 'false'],
    ],
    [
      'goods refused without reason, shipping not free',
      { ...subject(noObstacles, refused), reasonClass: 'no-reason' },
      ['unknown', 'true', 'unknown'],
    ],
    [
      'bulky goods refused without reason',
      { ...subject({ ...noObstacles, bulkyGoods: true }, refused), reasonClass: 'no-reason' },
      ['unknown', 'true', 'true'],
    ],
    [
      'goods refused for an unknown reason',
      subject({ ...noObstacles, freightRefunded: 0 }, refused),
      ['false', 'unknown', 'unknown'],
    ],
    [
      'goods that never came back',
      { ...subject(noObstacles, { goods: { stage: 'delivered', parcels: [] } }), reasonClass: 'no-reason' },
      ['true', 'false', 'false'],
    ],
  ])('%s', (_what, appealSubject, truths) => {
    const names = ['freight-refunded', 'sent-back-without-reason', 'bulky-goods-refused']
    expect(freight(appealSubject)).toEqual(names.map((name, index) => `${name}: ${truths[index]}`))
  })
})

it.each<[string, Partial<Facets>, ActionFacts, string]>([
  ['ruled for the buyer', {}, {}, 'true'],
  ['ruled for the merchant', { dispute: { stage: 'ruled-for-merchant' } }, {}, 'false'],
  ['still with the platform', { dispute: { stage: 'platform-intervened' } }, {}, 'false'],
  ['under appeal already, what went before is not known', { dispute: { stage: 'appealed' } }, {}, 'unknown'],
  ['what the platform shows in its figures wins', {}, { countedAsDispute: false }, 'false'],
])('R072: %s', (_what, overrides, facts, truth) => {
  expect(scenesOf(subject(facts, overrides), 'liability')).toEqual([{ scene: 'judged-liable', truth }])
})

it('R072, R076: every scene has two names and belongs to a kind', () => {
  expect(
    Object.values(APPEAL_SCENES).every(
      ({ zh, en, kind }) => zh !== '' && en !== '' && APPEAL_KIND_NAMES.includes(kind),
    ),
  ).toBe(true)
})
