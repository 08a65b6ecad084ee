import { HOUR, NOON, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { Facets } from '../facets'
import type { ReasonClass } from '../store-terms/store-terms'
import { freightAllowanceOf } from './freight-allowance'
import { freightBearerOf, freightToCheckOf, type FreightBearing } from './freight-bearer'
import { insuranceRenewalOf, insuredAt } from './freight-insurance'
import { DEFAULT_FREIGHT as terms } from './terms'

const WEEK = 7 * 24 * HOUR

describe('R119, R120: who pays the freight', () => {
  it.each<[ReasonClass | undefined, boolean | undefined, FreightBearing]>([
    ['quality', true, { out: 'merchant', back: 'merchant', rule: 'R119' }],
    ['quality', undefined, { out: 'merchant', back: 'merchant', rule: 'R119' }],
    ['wrong-goods', false, { out: 'merchant', back: 'merchant', rule: 'R119' }],
    ['no-reason', true, { out: 'merchant', back: 'buyer', rule: 'R120' }],
    ['no-reason', false, { out: 'buyer', back: 'buyer', rule: 'R120' }],
    ['no-reason', undefined, { back: 'buyer', rule: 'R120' }],
    ['not-as-described', true, { rule: 'R122' }],
    ['damaged', true, { rule: 'R122' }],
    ['logistics', true, { rule: 'R122' }],
    ['other', true, { rule: 'R122' }],
    [undefined, true, { rule: 'R122' }],
  ])('reason %s, free shipping %s', (reason, free, expected) => {
    expect(freightBearerOf(reason, free, terms)).toEqual(expected)
  })

  it('is a setting: a merchant may bear what the rules leave open', () => {
    const kind = {
      ...terms,
      bearers: { ...terms.bearers, damaged: { value: 'merchant', rule: 'ours', from: '2026-11-22' } as const },
    }
    expect(freightBearerOf('damaged', true, kind)).toMatchObject({ back: 'merchant' })
  })
})

describe('R121, R122, R123: freight that a person must check, because the system does not refund it by itself', () => {
  const merchant: FreightBearing = { out: 'merchant', back: 'merchant', rule: 'R119' }
  const buyer: FreightBearing = { back: 'buyer', rule: 'R120' }
  const applicationWithFreight = (freight: number | undefined): Partial<Facets> => ({
    kind: { kind: 'return-and-refund' },
    amounts: { total: 8900, legs: freight === undefined ? {} : { FREIGHT: freight } },
  })
  it.each<[string, Partial<Facets>, FreightBearing, string, number | undefined]>([
    ['the merchant bears it and none is asked for', applicationWithFreight(0), merchant, 'true', 0],
    [
      'the merchant pays it and none is in the application',
      applicationWithFreight(undefined),
      merchant,
      'true',
      undefined,
    ],
    ['the merchant bears it and it is asked for', applicationWithFreight(1), merchant, 'false', 1],
    ['the buyer bears it', applicationWithFreight(0), buyer, 'false', 0],
    ['it is unknown who pays it', applicationWithFreight(0), { rule: 'R122' }, 'unknown', 0],
    [
      'nothing is sent back',
      { ...applicationWithFreight(0), kind: { kind: 'refund-only' } },
      merchant,
      'false',
      undefined,
    ],
  ])('%s', (_, overrides, bearing, wanted, toldFreight) => {
    const afterSale = caseAfter(reported(0, aRefundRequest(overrides)))
    expect(freightToCheckOf(afterSale, bearing)).toEqual({
      wanted,
      rule: 'R122',
      ...(toldFreight === undefined ? {} : { told: toldFreight }),
    })
  })
})

describe('R129: freight insurance is bought week by week', () => {
  const bought = [{ from: NOON }]
  it.each<[string, Parameters<typeof insuranceRenewalOf>[0], number, number | undefined, boolean, string]>([
    ['a moment before its week is over', bought, NOON + WEEK - 1, NOON + WEEK, false, 'DERIVED'],
    ['when its week is over', bought, NOON + WEEK, NOON + WEEK, true, 'DERIVED'],
    ['bought ahead without a gap', [...bought, { from: NOON + WEEK }], NOON, NOON + 2 * WEEK, false, 'DERIVED'],
    ['bought ahead with a gap', [...bought, { from: NOON + WEEK + 1 }], NOON, NOON + WEEK, false, 'DERIVED'],
    [
      'bought early: the days do not add up',
      [...bought, { from: NOON + HOUR }],
      NOON + HOUR,
      NOON + HOUR + WEEK,
      false,
      'DERIVED',
    ],
    ['with the platform’s own end', [{ from: NOON, until: NOON + HOUR }], NOON, NOON + HOUR, false, 'OBSERVED'],
    ['lapsed and bought again', [{ from: NOON - 3 * WEEK }, ...bought], NOON, NOON + WEEK, false, 'DERIVED'],
  ])('%s', (_, purchases, now, due, lapsed, source) => {
    expect(insuranceRenewalOf(purchases, terms, now)).toEqual({ due, source, rule: 'R129', lapsed })
    expect(insuranceRenewalOf([...purchases].reverse(), terms, now)).toMatchObject({ due, lapsed })
  })
  it('never bought', () => expect(insuranceRenewalOf([], terms, NOON)).toBeUndefined())

  it.each([
    ['a moment before', NOON - 1, 'false'],
    ['from the start', NOON, 'true'],
    ['to the last moment', NOON + WEEK - 1, 'true'],
    ['not at the end', NOON + WEEK, 'false'],
  ])('a return of %s', (_, at, expected) => expect(insuredAt(bought, terms, at)).toBe(expected))
  it('a return without a known purchase', () => expect(insuredAt(undefined, terms, NOON)).toBe('unknown'))
})

describe('R130, R131, R132: the platform pays its allowance within a day of agreement and address', () => {
  const due = NOON + 25 * HOUR
  it.each([
    ['the address came last', { agreedAt: NOON, addressGivenAt: NOON + HOUR }],
    ['the agreement came last', { agreedAt: NOON + HOUR, addressGivenAt: NOON }],
  ])('%s', (_, facts) => {
    expect(freightAllowanceOf(facts, terms, due)).toEqual({
      due,
      source: 'DERIVED',
      rule: 'R132',
      payer: 'platform',
      late: false,
    })
    expect(freightAllowanceOf(facts, terms, due + 1)).toMatchObject({ late: true })
  })

  it.each([
    ['no address', { agreedAt: NOON }],
    ['no agreement', { addressGivenAt: NOON }],
    ['neither', {}],
  ])('%s: none is due', (_, facts) => expect(freightAllowanceOf(facts, terms, NOON)).toBeUndefined())

  it('R131: the amount is what the platform shows, and unknown before', () => {
    const facts = { agreedAt: NOON, addressGivenAt: NOON, paid: { at: NOON + HOUR, amount: 1050 } }
    expect(freightAllowanceOf(facts, terms, NOON + HOUR - 1)).not.toHaveProperty('amount')
    expect(freightAllowanceOf(facts, terms, NOON + 48 * HOUR)).toMatchObject({
      amount: 1050,
      payer: 'platform',
      late: false,
    })
  })
})
