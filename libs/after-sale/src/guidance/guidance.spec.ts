import { HOUR, NOON, SECOND, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { AfterSaleCase } from '../case'
import type { Facets } from '../facets'
import { DEFAULT_GROUP } from '../group/terms'
import { DEFAULT_NEGOTIATION } from '../negotiation/terms'
import { defaultStoreTerms } from '../store-terms/default-store-terms'
import type { StoreTerms } from '../store-terms/store-terms'
import type { ActionFacts } from '../actions/facts/facts'
import { type Guidance, guidanceOf } from './guidance'
import { adviceOf } from './advice-texts'

const MINUTE = 60 * SECOND
const caseWith = (...facets: Partial<Facets>[]): AfterSaleCase =>
  caseAfter(...facets.map((overrides, n) => reported(n * HOUR, aRefundRequest(overrides), n * HOUR + 500)))
const guidanceFor = (
  afterSale: AfterSaleCase,
  facts: ActionFacts = {},
  terms: Partial<StoreTerms> = {},
  now = NOON + HOUR,
): Guidance => guidanceOf({ afterSale, terms: { ...defaultStoreTerms, ...terms }, facts, now })
const adviceTextsOf = (guidance: Guidance): string[] => adviceOf(guidance).map(({ rule, zh }) => `${rule} ${zh}`)

const applicationCase = caseWith({
  kind: { kind: 'return-and-refund' },
  reason: { text: '质量问题' },
  amounts: { total: 8_900, legs: { GOODS: 8_900 } },
})
const refundingCase = caseWith({}, { status: { status: 'refunding', raw: '12' }, money: { stage: 'refunding' } })

describe('R119, R122: the guidance on a case says who pays the freight', () => {
  it('of faulty goods the merchant, both ways, and freight that is not in the application is to be checked', () => {
    expect(guidanceFor(applicationCase).freight).toMatchObject({
      out: 'merchant',
      back: 'merchant',
      rule: 'R119',
      reason: 'quality',
      check: { wanted: 'true' },
    })
    expect(adviceTextsOf(guidanceFor(applicationCase)).join('\n')).toMatch(
      /R119 退货运费由商家承担.*质量问题[^]*R122 运费不一定自动退还/,
    )
  })
  it('nothing for a reason that the rules do not settle', () => {
    const unclearReasonCase = caseWith({ reason: { text: '说不清' } })
    expect(guidanceFor(unclearReasonCase).freight).toMatchObject({ rule: 'R122' })
    expect(adviceTextsOf(guidanceFor(unclearReasonCase)).join()).not.toMatch(/运费由/)
  })
})

describe('R112, R113, R115, R116: the guidance on a refund says when the money arrives', () => {
  it('by the way it was paid, counted from when it was agreed to', () => {
    const [only, ...others] = guidanceFor(refundingCase, { paymentMethod: 'wechat-pay' }).arrivals
    expect(others).toEqual([])
    expect(only).toMatchObject({ method: 'wechat-pay', earliest: NOON + HOUR + MINUTE, due: NOON + HOUR + 3 * MINUTE })
  })
  it('for every method, where the payment method is unknown', () => {
    expect(guidanceFor(refundingCase).arrivals.map(({ rule }) => rule)).toEqual(['R112', 'R115', 'R116', 'R113'])
  })
  it('is empty before the refund was agreed to', () => expect(guidanceFor(applicationCase).arrivals).toEqual([]))
})

describe('R132: after an agreed return the allowance of the platform is due within a day', () => {
  const agreed = caseWith(
    { kind: { kind: 'return-and-refund' } },
    { kind: { kind: 'return-and-refund' }, status: { status: 'awaiting-buyer-return', raw: '7' } },
  )
  it.each([
    ['where an address was given', { returnAddressTold: true }, {}, NOON + 25 * HOUR],
    ['where the store has one for all returns', {}, { returnAddressId: '900' }, NOON + 25 * HOUR],
    ['and not where none was given', { returnAddressTold: false }, { returnAddressId: '900' }, undefined],
  ])('%s', (_, facts, terms, due) => expect(guidanceFor(agreed, facts, terms).allowance?.due).toBe(due))
})

describe('R129: whether the store was insured when the return was applied for', () => {
  const applied = NOON
  it.each([
    ['it was', [{ from: applied - HOUR }], 'true', false],
    ['it was not', [{ from: applied + HOUR }], 'false', true],
    ['unknown', undefined, 'unknown', false],
  ] as const)('%s', (_, freightInsurance, insured, isSaid) => {
    const guidance = guidanceFor(
      { ...applicationCase, appliedAt: applied },
      {},
      freightInsurance === undefined ? {} : { freightInsurance },
    )
    expect(guidance.insured).toBe(insured)
    expect(adviceTextsOf(guidance).some((line) => line.startsWith('R129'))).toBe(isSaid)
  })
})

describe('R048, R054, R055: where the marketplace has a negotiation, what comes next and by when', () => {
  const terms = { negotiation: DEFAULT_NEGOTIATION }
  const round = (startedAt: number): { startedAt: number } => ({ startedAt })
  it.each([
    ['no round yet', [], 'start-round', 1],
    ['one round over', [round(NOON - 20 * HOUR)], 'start-round', 2],
    ['both over', [round(NOON - 40 * HOUR), round(NOON - 20 * HOUR)], 'reject', undefined],
  ])('%s', (_, rounds, step, number) => {
    const { negotiation } = guidanceFor(applicationCase, { rounds }, terms)
    expect([negotiation?.next.step, negotiation?.next.round]).toEqual([step, number])
    expect(negotiation?.latestStart === undefined).toBe(step === 'reject')
  })
  it.each([
    ['a moment before the latest start', 0, '最迟'],
    ['a moment after it', 1, '不够'],
  ])('R089: %s', (_, past, expectedWord) => {
    const { latestStart = NaN } = guidanceFor(applicationCase, {}, terms).negotiation ?? {}
    expect(adviceTextsOf(guidanceFor(applicationCase, {}, terms, latestStart + past))[0]).toContain(expectedWord)
  })
  it('is not mentioned at other marketplaces', () => expect(guidanceFor(applicationCase).negotiation).toBeUndefined())
})

describe('R109: of a group order whether it has formed', () => {
  it.each([
    [{ groupFormed: false }, 'false', true],
    [{ groupFormed: true }, 'true', false],
    [{}, 'unknown', false],
  ] as const)('%j', (facts, formed, isSaid) => {
    const guidance = guidanceFor(caseWith({ goods: { stage: 'not-shipped', parcels: [] } }), facts, {
      group: DEFAULT_GROUP,
    })
    expect(guidance.group).toBe(formed)
    expect(adviceTextsOf(guidance).some((line) => line.startsWith('R109'))).toBe(isSaid)
  })
})

it('R043, R104: whether the platform answers is stated only where its own pages agree', () => {
  const at = (hour: number): boolean | undefined =>
    guidanceFor(applicationCase, {}, {}, Date.parse(`2026-11-11T${String(hour).padStart(2, '0')}:30:00+08:00`))
      .supportOpen
  expect([at(8), at(10), at(21)]).toEqual([false, true, undefined])
})

it('the guidance on a case of which nothing is known claims nothing', () => {
  const bare = caseAfter(reported(0, {}))
  expect(guidanceFor(bare)).toMatchObject({
    freight: { rule: 'R122', check: { wanted: 'unknown' } },
    insured: 'unknown',
    arrivals: [],
  })
  expect(adviceOf(guidanceFor(bare))).toEqual([])
})
