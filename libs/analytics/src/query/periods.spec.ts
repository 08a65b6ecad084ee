import { isDay, periodsBefore, periodsOf, shiftPeriods, startOf } from './periods'

describe('the periods of a range', () => {
  it('are days without gaps', () =>
    expect(periodsOf('2026-02-27', '2026-03-02', 'day').map(({ period }) => period)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]))

  it('are weeks from Monday on, cut at the ends of the range', () =>
    expect(periodsOf('2026-11-11', '2026-11-17', 'week')).toEqual([
      { period: '2026-11-09', from: '2026-11-11', to: '2026-11-16' },
      { period: '2026-11-16', from: '2026-11-16', to: '2026-11-17' },
    ]))

  it('are months, also over the end of a year', () =>
    expect(periodsOf('2026-12-01', '2027-02-01', 'month')).toEqual([
      { period: '2026-12-01', from: '2026-12-01', to: '2027-01-01' },
      { period: '2027-01-01', from: '2027-01-01', to: '2027-02-01' },
    ]))

  it.each([
    ['2026-11-15', 'week', '2026-11-09'],
    ['2026-11-16', 'week', '2026-11-16'],
    ['2026-11-30', 'month', '2026-11-01'],
    ['2026-11-30', 'day', '2026-11-30'],
  ] as const)('%s is in the %s that begins on %s', (day, grain, start) => expect(startOf(day, grain)).toBe(start))

  it('are counted back in their own grain', () => {
    expect(shiftPeriods('2026-03-15', 'month', -3)).toBe('2025-12-01')
    expect(shiftPeriods('2026-03-15', 'day', -15)).toBe('2026-02-28')
    expect(shiftPeriods('2026-03-15', 'week', -1)).toBe('2026-03-02')
  })
})

describe('the periods before', () => {
  it.each([
    ['half a month', '2026-11-01', '2026-11-16', 'month', [['2026-10-01', '2026-10-16']]],
    ['a whole month', '2026-03-01', '2026-04-01', 'month', [['2026-02-01', '2026-03-01']]],
    ['a day that the month before has not', '2026-03-31', '2026-04-01', 'month', [['2026-02-28', '2026-03-01']]],
    ['the days up to the 30th', '2026-03-01', '2026-03-31', 'month', [['2026-02-01', '2026-03-01']]],
    ['the middle of a week', '2026-11-11', '2026-11-13', 'week', [['2026-11-04', '2026-11-06']]],
    [
      'two months, the first and last cut',
      '2026-11-10',
      '2026-12-05',
      'month',
      [
        ['2026-09-10', '2026-10-01'],
        ['2026-10-01', '2026-10-05'],
      ],
    ],
    [
      'two days',
      '2026-11-11',
      '2026-11-13',
      'day',
      [
        ['2026-11-09', '2026-11-10'],
        ['2026-11-10', '2026-11-11'],
      ],
    ],
  ] as const)('of %s are cut alike', (_what, from, to, grain, expected) =>
    expect(periodsBefore(from, to, grain).map((one) => [one.from, one.to])).toEqual(expected),
  )
})

describe('isDay', () => {
  it.each(['2000-01-01', '2026-02-28', '2099-12-31'])('takes %s', (day) => expect(isDay(day)).toBe(true))

  // Text order and year arithmetic hold for this century only: beyond year 9999 the periods would never end.
  it.each(['9999-12-01', '+010000-01-01', '0050-01-01', '1999-12-31', '2026-02-30', '2026-2-3', '', 'today'])(
    'refuses %j',
    (day) => expect(isDay(day)).toBe(false),
  )
})
