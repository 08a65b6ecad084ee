import type { RecordObservation } from '#after-sale'
import { TOLERATED_SKEW_MS } from '#after-sale'
import { plausibleReport } from './plausible-report'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const DAY = 86_400_000
type Report = Omit<RecordObservation, 'type' | 'identity'>

const report = (over: Partial<Report> = {}): Report => ({
  stamp: { revision: NOON, observedAt: NOON },
  facets: {},
  ...over,
})

describe('A4: a time in the future', () => {
  it.each<[string, number, boolean]>([
    ['now', 0, true],
    ['as far ahead as clocks may differ', TOLERATED_SKEW_MS, true],
    ['a moment further', TOLERATED_SKEW_MS + 1, false],
    ['the year 2099', 73 * 365 * DAY, false],
  ])('as a revision, %s', (_, ahead, taken) => {
    const stamp = { revision: NOON + ahead, observedAt: NOON }
    expect(plausibleReport(report({ stamp }), NOON) !== undefined).toBe(taken)
  })

  it('as an observation is the time when it was received', () => {
    const stamp = { revision: NOON, observedAt: NOON + DAY }
    expect(plausibleReport(report({ stamp }), NOON)?.stamp).toEqual({ revision: NOON, observedAt: NOON })
  })

  it.each<[string, number, boolean]>([
    ['before', -DAY, true],
    ['within the skew', TOLERATED_SKEW_MS, true],
    ['tomorrow', DAY, false],
  ])('of application, delivery or payment, %s, is dropped as if it were not reported', (_, ahead, kept) => {
    const at = NOON + ahead
    const given = report({
      appliedAt: at,
      facets: {
        goods: { stage: 'delivered', parcels: [], deliveredAt: at },
        order: { orderNumber: '1', lines: [], paidAt: at },
      },
    })
    const read = plausibleReport(given, NOON)
    expect(read).toEqual(
      kept
        ? given
        : {
            stamp: given.stamp,
            facets: { goods: { stage: 'delivered', parcels: [] }, order: { orderNumber: '1', lines: [] } },
          },
    )
  })

  it.each<[string, number | null, boolean]>([
    ['none runs', null, true],
    ['in two days', NOON + 2 * DAY, true],
    ['long ago', NOON - 400 * DAY, true],
    ['in ninety days', NOON + 90 * DAY, true],
    ['later', NOON + 90 * DAY + 1, false],
    ['in the year 9999', Date.UTC(9999, 0, 1), false],
  ])('of a deadline: %s', (_, due, kept) => {
    const given = report({
      facets: {
        deadline: { due, forRaw: '6' },
        ...(due === null ? {} : { dispute: { stage: 'evidence-wanted', evidenceDue: due } }),
      },
    })
    expect(plausibleReport(given, NOON)?.facets).toEqual(
      kept ? given.facets : { dispute: { stage: 'evidence-wanted' } },
    )
  })
})
