import { HOUR, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { AfterSaleCase } from '../case'
import type { Facets } from '../facets'
import { defaultStoreTerms } from '../store-terms/default-store-terms'
import type { StoreTerms } from '../store-terms/store-terms'
import { casesByCarrier } from './carriers'
import { complaintsByCause } from './complaints'
import { casesByArticle, experienceNeutral, qualityReturns } from './reasons'

const terms: StoreTerms = {
  ...defaultStoreTerms,
  reasons: [
    { words: '质量', class: 'quality' },
    { words: '无理由', class: 'no-reason' },
    { words: '物流', class: 'logistics' },
    { words: '不符', class: 'not-as-described' },
    { words: '其他', class: 'other' },
  ],
}
const termsOf = (): StoreTerms => terms
const aReturn = (reason: string, overrides: Partial<Facets> = {}): Partial<Facets> => {
  const { reasonCode: _code, ...rest } = aRefundRequest({
    kind: { kind: 'return-and-refund' },
    reason: { text: reason },
    ...overrides,
  })
  return rest
}
const aCase = (...reports: Partial<Facets>[]): AfterSaleCase =>
  caseAfter(...reports.map((facets, at) => reported(at * HOUR, facets)))

describe('R172: returns for quality', () => {
  it('count by the first reason, whatever the buyer changed it to', () => {
    const changedAway = aCase(aReturn('质量问题'), { reason: { text: '七天无理由' } })
    const changedInto = aCase(aReturn('七天无理由'), { reason: { text: '质量问题' } })
    expect(qualityReturns([changedAway], termsOf)).toEqual({ numerator: 1, denominator: 1, unknown: 0 })
    expect(qualityReturns([changedInto], termsOf)).toEqual({ numerator: 0, denominator: 1, unknown: 0 })
  })

  it('are a share of returns and exchanges: a refund without a return is neither', () => {
    const refund = aCase(aReturn('质量问题', { kind: { kind: 'refund-only' } }))
    const exchange = aCase(aReturn('质量问题', { kind: { kind: 'exchange' } }))
    expect(qualityReturns([refund, exchange], termsOf)).toEqual({ numerator: 1, denominator: 1, unknown: 0 })
  })

  it('are unknown if the reason is in no table, or the kind is unknown', () => {
    const { kind: _kind, ...kindless } = aReturn('质量问题')
    expect(qualityReturns([aCase(aReturn('说不清')), aCase(kindless)], termsOf)).toEqual({
      numerator: 0,
      denominator: 0,
      unknown: 2,
    })
  })

  it('are divided by the orders where they are given', () => {
    expect(qualityReturns([aCase(aReturn('质量问题'))], termsOf, 500)).toEqual({
      numerator: 1,
      denominator: 500,
      unknown: 0,
    })
  })
})

it('R162: "no reason" and "other" cost no experience score', () => {
  const cases = ['七天无理由', '其他', '质量问题', '说不清'].map((reason) => aCase(aReturn(reason)))
  expect(experienceNeutral(cases, termsOf)).toEqual({ numerator: 2, denominator: 3, unknown: 1 })
})

it('R094, R096: complaints are about logistics, abnormal reasons, or something else', () => {
  const escalated = (reason: string): AfterSaleCase =>
    aCase(aReturn(reason, { dispute: { stage: 'platform-intervened' } }))
  const cases = [
    escalated('物流停滞'),
    escalated('描述不符'),
    escalated('质量问题'),
    escalated('说不清'),
    aCase(aReturn('物流停滞', { dispute: { stage: 'none' } })),
    aCase(aReturn('物流停滞')),
  ]
  expect(complaintsByCause(cases, termsOf)).toEqual({
    logistics: 1,
    'abnormal-reason': 1,
    'something-else': 1,
    unknown: 2,
  })
})

it('R098, R099: quality and description are counted for each article of a case', () => {
  const lines = (...skus: string[]) => ({
    order: { orderNumber: '1', lines: skus.map((sku, at) => ({ lineId: String(at), sku })) },
  })
  const cases = [
    aCase(aReturn('质量问题', lines('shirt', 'cap'))),
    aCase(aReturn('七天无理由', lines('shirt', 'shirt'))),
    aCase(aReturn('描述不符')),
  ]
  expect([...casesByArticle(cases, termsOf, 'quality')]).toEqual([
    ['shirt', { numerator: 1, denominator: 2, unknown: 0 }],
    ['cap', { numerator: 1, denominator: 1, unknown: 0 }],
    ['', { numerator: 0, denominator: 1, unknown: 0 }],
  ])
  expect(casesByArticle(cases, termsOf, 'not-as-described').get('')).toEqual({
    numerator: 1,
    denominator: 1,
    unknown: 0,
  })
})

it('R101: cases are counted by the carrier that brought the goods, not by the one that takes them back', () => {
  const parcel = (direction: 'out' | 'back', carrier: string) => ({ direction, carrier, tracking: '1' })
  const sent = aCase(
    aReturn('其他', { goods: { stage: 'returning', parcels: [parcel('out', 'ZTO'), parcel('back', 'SF')] } }),
  )
  expect([...casesByCarrier([sent, aCase(aReturn('其他'))])]).toEqual([
    ['ZTO', 1],
    ['', 1],
  ])
})
