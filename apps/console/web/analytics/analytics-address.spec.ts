import type { AnalyticsAddress } from './analytics-address'
import { analyticsAddressOf, analyticsParamsOf, filtersOf, periodEnd } from './analytics-address'

const TODAY = '2026-11-30'
const read = (text: string) => analyticsAddressOf(new URLSearchParams(text), TODAY)

describe('the address of the figures', () => {
  it('is the last thirty days of the overview where nothing is said', () =>
    expect(read('')).toEqual({
      ...{ topic: 'overview', from: '2026-11-01', until: TODAY, grain: 'day', metric: 'cases' },
      ...{ dimension: undefined, stores: [], kinds: [], cell: undefined },
    }))

  it('is read again as it was written', () => {
    const at: AnalyticsAddress = {
      ...{ topic: 'disputes', from: '2026-10-01', until: '2026-10-31', grain: 'week', metric: 'intervention_rate' },
      ...{ dimension: 'reason_first', stores: ['1', '2'], kinds: ['exchange'] },
      cell: { part: 'denominator', from: '2026-10-01', to: '2026-11-01', member: 'a~b' },
    }
    expect(analyticsAddressOf(analyticsParamsOf(at), TODAY)).toEqual(at)
    expect(filtersOf(at)).toEqual(['store:1', 'store:2', 'kind:exchange'])
  })

  it.each(['from=2026-02-30', 'from=2027-01-01', 'topic=secrets', 'metric=profit', 'grain=hour', 'cell=numerator~x~y'])(
    'ignores %s',
    (text) => expect(read(text)).toEqual(read('')),
  )

  it.each([
    ['2026-11-09', 'day', '2026-11-10'],
    ['2026-11-09', 'week', '2026-11-16'],
    ['2026-12-01', 'month', '2027-01-01'],
    ['2026-02-01', 'month', '2026-03-01'],
  ] as const)('the %s as a %s ends before %s', (period, grain, end) => expect(periodEnd(period, grain)).toBe(end))
})
