import type {
  AfterSaleCase,
  Condition,
  Facets,
  RecordObservation,
  StoreTerms,
  Subject,
  Truth,
  Verdict,
} from '#after-sale'
import { defaultStoreTerms } from '#after-sale'
import { HOUR, NOON, caseAfter, reported } from './cases'

export const DAY = 24 * HOUR

/** A return without reason of goods for 299.99 yuan, requested at noon; delivered the day before, paid three days before. */
export const aReturnRequest = (over: Partial<Facets> = {}): Partial<Facets> => ({
  status: { status: 'awaiting-merchant-decision', raw: '6' },
  kind: { kind: 'return-and-refund' },
  amounts: { total: 29_999, legs: { GOODS: 29_999, FREIGHT: 0 } },
  reason: { text: '7天无理由退货' },
  order: { orderNumber: '4781', lines: [{ lineId: '1', paid: 29_999 }], paidAt: NOON - 3 * DAY },
  goods: { stage: 'delivered', parcels: [{ direction: 'out', tracking: 'SF1' }], deliveredAt: NOON - DAY },
  money: { stage: 'asked' },
  flags: [],
  ...over,
})

/** The same return after the merchant agreed: the buyer has given a tracking number, which the platform has accepted. */
export const aReturnOnItsWay = (over: Partial<Facets> = {}): Partial<Facets> =>
  aReturnRequest({
    status: { status: 'awaiting-merchant-receipt', raw: '11' },
    goods: {
      stage: 'returning',
      parcels: [
        { direction: 'out', tracking: 'SF1' },
        { direction: 'back', tracking: 'YT2' },
      ],
      deliveredAt: NOON - DAY,
    },
    flags: ['risk:ok'],
    ...over,
  })

/** These facets but the named ones, as from a report that does not mention them. */
export const without = (facets: Partial<Facets>, ...names: (keyof Facets)[]): Partial<Facets> =>
  Object.fromEntries(Object.entries(facets).filter(([name]) => !names.includes(name as keyof Facets)))

/** A report at noon; without `appliedAt` the time of application is unknown. */
export const reportOf = (facets: Partial<Facets>, appliedAt?: number): RecordObservation => ({
  ...reported(0, facets),
  ...(appliedAt === undefined ? {} : { appliedAt }),
})

/** The case after one report at noon. `appliedAt` null: the time of application is unknown. */
export const caseOf = (facets: Partial<Facets>, appliedAt: number | null = NOON): AfterSaleCase =>
  caseAfter(reportOf(facets, appliedAt ?? undefined))

/** The default terms of a store that has a return address. */
export const terms = (over: Partial<StoreTerms> = {}): StoreTerms => ({
  ...defaultStoreTerms,
  returnAddressId: '88',
  ...over,
})

/** What a policy judges: this case an hour after noon. */
export const subjectOf = (afterSale: AfterSaleCase, over: Partial<StoreTerms> = {}, now = NOON + HOUR): Subject => ({
  afterSale,
  terms: terms(over),
  now,
})

/** The truth of each condition of a verdict, by its claim. */
export const truthsOf = (verdict: Verdict | undefined): Readonly<Record<string, Truth>> =>
  Object.fromEntries((verdict?.conditions ?? []).map(({ claim, truth }) => [claim, truth]))

export const conditionIn = (verdict: Verdict | undefined, claim: string): Condition | undefined =>
  verdict?.conditions.find((condition) => condition.claim === claim)
