import type { RecordObservation } from '#after-sale'
import { TOLERATED_SKEW_MS } from '#after-sale'
import { withoutImpossibleTimes } from './impossible-times'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const DAY = 86_400_000
type Report = Omit<RecordObservation, 'type' | 'identity'>

const report = (changes: Partial<Report> = {}): Report => ({
  stamp: { revision: NOON, observedAt: NOON },
  facets: {},
  ...changes,
})

describe('a report with an impossible time (fault A4)', () => {
  it.each<[number, boolean]>([
    [0, true],
    [TOLERATED_SKEW_MS, true],
    [TOLERATED_SKEW_MS + 1, false],
    [73 * 365 * DAY, false],
  ])('is accepted if its revision is %i ms after its receipt: %s', (aheadMs, isAccepted) => {
    const stamp = { revision: NOON + aheadMs, observedAt: NOON }
    expect(withoutImpossibleTimes(report({ stamp }), NOON) !== undefined).toBe(isAccepted)
  })

  it('is observed when it was received if it names a later time', () => {
    const stamp = { revision: NOON, observedAt: NOON + DAY }
    expect(withoutImpossibleTimes(report({ stamp }), NOON)?.stamp).toEqual({ revision: NOON, observedAt: NOON })
  })

  it.each<[number, boolean]>([
    [-DAY, true],
    [TOLERATED_SKEW_MS, true],
    [DAY, false],
  ])('keeps a time of application, delivery or payment %i ms after its receipt: %s', (aheadMs, isKept) => {
    const at = NOON + aheadMs
    const received = report({
      appliedAt: at,
      facets: {
        goods: { stage: 'delivered', parcels: [], deliveredAt: at },
        order: { orderNumber: '1', lines: [], paidAt: at },
      },
    })
    const checked = withoutImpossibleTimes(received, NOON)
    expect(checked).toEqual(
      isKept
        ? received
        : {
            stamp: received.stamp,
            facets: { goods: { stage: 'delivered', parcels: [] }, order: { orderNumber: '1', lines: [] } },
          },
    )
  })

  it.each<[string, number | null, boolean]>([
    ['that is absent', null, true],
    ['in two days', NOON + 2 * DAY, true],
    ['long ago', NOON - 400 * DAY, true],
    ['in ninety days', NOON + 90 * DAY, true],
    ['in more than ninety days', NOON + 90 * DAY + 1, false],
    ['in the year 9999', Date.UTC(9999, 0, 1), false],
  ])('keeps a deadline %s: %s', (_, due, isKept) => {
    const received = report({
      facets: {
        deadline: { due, forRaw: '6' },
        ...(due === null ? {} : { dispute: { stage: 'evidence-wanted', evidenceDue: due } }),
      },
    })
    expect(withoutImpossibleTimes(received, NOON)?.facets).toEqual(
      isKept ? received.facets : { dispute: { stage: 'evidence-wanted' } },
    )
  })
})
