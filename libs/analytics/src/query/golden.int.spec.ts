import { GOLDEN, GOLDEN_OCTOBER, LATE_DATE, LIABILITY_WON, at } from '../../test/golden'
import { GOLDEN_FIGURES, GOLDEN_OCTOBER_FIGURES } from '../../test/golden-figures'
import { untilStreamsReadable } from '../../test/follow'
import { writeCommands } from '../../test/history-writer'
import type { CaseCommands } from '../../test/history-writer'
import { emptyTables, useTestDatabase } from '../../../../test/postgres/test-database'
import { FollowCases } from '../roll-ups/follow-cases'
import type { CatalogueName } from '../catalogue/metrics'
import { casesBehind } from './cases-behind'
import { checkpointOf } from './checkpoint'
import type { FactPosition } from './fact-position'
import type { MetricRequest } from './metric-request'
import { QueryRefused } from './metric-request'
import type { MetricAnswer } from './query-metric'
import { queryMetric } from './query-metric'

const db = useTestDatabase()
const FOLLOWED = at(14, 12)

async function record(cases: readonly CaseCommands[]): Promise<void> {
  await writeCommands(db.database, cases)
  await untilStreamsReadable(db.database)
  const follow = new FollowCases(db.database)
  while ((await follow.next(FOLLOWED, [1])) > 0);
}

beforeEach(async () => {
  await emptyTables(db)
  await record(GOLDEN)
})

async function ask(metric: CatalogueName, more: Partial<MetricRequest> = {}): Promise<MetricAnswer> {
  const range = { from: '2026-11-09', to: '2026-11-14', grain: 'day' } as const
  const request = { metric, org: 1, stores: [1], ...range, ...more }
  return queryMetric(db.database, request, await checkpointOf(db.database, request.org))
}

/** `numerator/denominator` or the value, by day from Monday the 9th to Friday the 13th; a gap with its reason. */
const shown = async (metric: CatalogueName, more: Partial<MetricRequest> = {}): Promise<readonly unknown[]> =>
  (await ask(metric, more)).rows.map(({ numerator, denominator, value, reason }) =>
    reason === undefined ? (denominator === undefined ? value : `${numerator}/${denominator}`) : reason,
  )

const HOUR = 3_600_000

describe('four cases, counted on paper', () => {
  it.each(GOLDEN_FIGURES)('the metric %s is as counted by hand', async (metric, expected) =>
    expect(await shown(metric)).toEqual(expected),
  )

  it.each<[CatalogueName, number, number]>([
    // Half an hour and two hours: the median is the smaller of two.
    ['first_answer_p50', 1, HOUR / 2],
    ['first_answer_p90', 1, 2 * HOUR],
    ['completion_p50', 1, 2 * HOUR],
    // 46 hours and 48.25 hours.
    ['completion_p50', 3, 46 * HOUR],
    ['completion_p90', 3, 48.25 * HOUR],
    ['self_completion_p90', 1, 2 * HOUR],
  ])('%s on day %i is %i ms, within the bound of the buckets', async (metric, day, exact) => {
    const value = (await shown(metric))[day]
    expect(value).toBeGreaterThanOrEqual(exact)
    expect(value).toBeLessThan(exact * 1.0906)
  })

  it('R067, R068: a liability appeal that was won leaves the rate and not the money', async () => {
    await record([LIABILITY_WON])
    expect(await shown('dispute_refund_count')).toEqual([0, 0, 0, 0, 0])
    expect(await shown('dispute_refund_rate')).toEqual(['no-denominator', '0/3', '0/4', '0/4', '0/4'])
    expect(await shown('refunded_fen')).toEqual([0, 10_000, 0, 5_000, 0])
    const range = { from: '2026-11-14', to: '2026-11-17' }
    expect(await shown('appeal_win_rate', range)).toEqual(['no-denominator', 'not-yet', 'not-yet'])
  })

  it('a date that is reported late moves the case to the day it belongs to, and no other figure', async () => {
    const before = await shown('refunded_fen')
    await record([LATE_DATE])
    expect(await shown('cases')).toEqual([1, 3, 0, 0, 0])
    expect(await shown('quality_return_rate')).toEqual([
      '0/1',
      '1/1',
      ...Array.from({ length: 3 }, () => 'no-denominator'),
    ])
    expect(await shown('refunded_fen')).toEqual(before)
  })

  it('a week is the ratio of sums, not the mean of its days', async () => {
    expect(await shown('refunded_of_asked', { grain: 'week' })).toEqual(['15000/18000'])
    expect((await ask('refunded_of_asked', { grain: 'week' })).rows[0]?.value).toBe(15_000 / 18_000)
  })

  it('is divided by a dimension, and filtered by another that every figure has', async () => {
    const week = { grain: 'week', dimension: 'reason_first' } as const
    expect((await ask('cases', week)).rows.map(({ member, value }) => [member, value])).toEqual([
      ['no-reason', 2],
      ['quality', 1],
      ['wrong-goods', 1],
    ])
    const refunds = { ...week, filters: { kind: ['refund-only'] } }
    expect((await ask('cases', refunds)).rows.map(({ member, value }) => [member, value])).toEqual([
      ['no-reason', 1],
      ['wrong-goods', 1],
    ])
    expect(await shown('cases', { filters: { decided_by: ['strategy', 'time-out'] } })).toEqual([0, 2, 0, 0, 0])
  })

  it('is given for a whole range, beside as many days before it', async () => {
    const range = { grain: 'range', from: '2026-11-11', to: '2026-11-14', compareWithBefore: true } as const
    const { rows } = await ask('refunded_of_asked', range)
    expect(rows).toMatchObject([
      {
        period: '2026-11-11',
        numerator: 5_000,
        denominator: 8_000,
        before: { numerator: 10_000, denominator: 10_000 },
      },
    ])
    // The window ends with the range, whatever its length.
    expect(await shown('dispute_refund_rate', range)).toEqual(['1/4'])
    expect(await shown('completion_p50', { ...range, from: '2026-11-14', to: '2026-11-15' })).toEqual(['no-cases'])
  })

  it('is compared with as many periods before', async () => {
    const { rows } = await ask('cases', { from: '2026-11-11', to: '2026-11-13', compareWithBefore: true })
    expect(rows.map(({ value, before }) => [value, before?.value])).toEqual([
      [1, 0],
      [0, 3],
    ])
  })

  it.each(['week', 'month'] as const)('the part of a %s is the same with and without a comparison', async (grain) => {
    const part = { from: '2026-11-11', to: '2026-11-14', grain }
    expect((await ask('cases', part)).rows.map(({ value }) => value)).toEqual([1])
    const compared = await ask('cases', { ...part, compareWithBefore: true })
    expect(compared.rows.map(({ value, before }) => [value, before?.value])).toEqual([[1, 0]])
  })

  it('the part of a week is compared with the same days of the week before', async () => {
    const compared = async (from: string, to: string) =>
      (await ask('cases', { from, to, grain: 'week', compareWithBefore: true })).rows.map(({ before }) => before?.value)
    await record([])
    const follow = new FollowCases(db.database)
    await follow.next(at(21, 12), [1])
    expect(await compared('2026-11-16', '2026-11-18')).toEqual([3])
    expect(await compared('2026-11-18', '2026-11-20')).toEqual([1])
    expect(await compared('2026-11-16', '2026-11-23')).toEqual([4])
  })

  it('says what is unknown beside it', async () => {
    const { rows } = await ask('intervention_rate')
    expect(rows.map(({ unknown }) => unknown)).toEqual([0, 0, 1, 0, 0])
  })

  it('has a gap, and not 0, where the cases were not followed so far', async () => {
    expect(await shown('cases', { from: '2026-11-13', to: '2026-11-16' })).toEqual([0, 0, 'not-yet'])
    expect(await shown('cases', { org: 2 })).toEqual(Array.from({ length: 5 }, () => 'not-yet'))
    expect((await checkpointOf(db.database, 1)).asOf).toBe(FOLLOWED)
  })

  it('shows nothing of other stores', async () => {
    expect(await shown('cases', { stores: [2, 3] })).toEqual([0, 0, 0, 0, 0])
  })
})

describe('three cases of October, with a small payment and money that came back', () => {
  beforeEach(() => record(GOLDEN_OCTOBER))

  it.each(GOLDEN_OCTOBER_FIGURES)('the metric %s is as counted by hand', async (metric, expected) =>
    expect(await shown(metric, { from: '2026-10-05', to: '2026-10-10' })).toEqual(expected),
  )

  it('what is behind a difference adds up to it, page by page', async () => {
    const asked = { metric: 'net_refunded_fen', part: 'numerator', org: 1, stores: [1] } as const
    const listed: (readonly unknown[])[] = []
    for (let after: FactPosition | undefined, more = true; more;) {
      const range = { from: '2026-10-05', to: '2026-10-10', limit: 1, after }
      const [fact] = await casesBehind(db.database, { ...asked, ...range })
      if (fact !== undefined) listed.push([fact.caseNumber, fact.day, fact.adds])
      ;[after, more] = [fact, fact !== undefined]
    }
    expect(listed).toEqual([
      ['G6', '2026-10-08', 3_000],
      ['G5', '2026-10-08', -2_500],
      ['G5', '2026-10-06', 6_000],
    ])
  })
})

describe('a request without a right answer', () => {
  it.each<[string, Partial<MetricRequest>]>([
    ['UnknownDimension', { dimension: 'deadline' }],
    ['UnknownDimension', { filters: { buyer: ['x'] } }],
    ['OneDimensionAtATime', { dimension: 'reason_first', filters: { outcome: ['refunded'] } }],
    ['SeveralOfMultiple', { filters: { products: ['cup', 'lamp'] } }],
    ['BadRange', { to: '2026-11-09' }],
    ['BadRange', { from: '2026-02-30' }],
    ['BadRange', { from: '1990-01-01' }],
    ['TooManyCells', { mostRows: 4 }],
    ['TooManyCells', { mostRows: 9, dimension: 'kind' }],
  ])('is refused with the reason %s', async (reason, more) => {
    const refused = await ask('cases', more).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(QueryRefused)
    expect((refused as QueryRefused).reason).toBe(reason)
  })
})
