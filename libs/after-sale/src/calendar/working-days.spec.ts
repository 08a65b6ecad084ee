import { CHINA_HOLIDAYS, HOLIDAYS_2025, HOLIDAYS_2026, calendarOf } from './china-holidays'
import { formatDate, parseCivilDay, weekdayOf } from './civil-time'
import { addWorkingDays, dayKindOf, isWeekday, isWorkingDay, nextWorkingDay } from './working-days'

const day = (date: string): number => parseCivilDay(date) as number
const dateText = (civilDay: number | undefined): string | undefined =>
  civilDay === undefined ? undefined : formatDate(civilDay)

describe('R114: working days of mainland China', () => {
  it.each<[string, boolean | undefined, string]>([
    ['2026-02-13', true, 'the Friday before Spring Festival'],
    ['2026-02-14', true, 'a make-up Saturday'],
    ['2026-02-15', false, 'the first day of Spring Festival'],
    ['2026-02-23', false, 'its last day, a Monday'],
    ['2026-02-24', true, 'the Tuesday after it'],
    ['2026-02-28', true, 'a make-up Saturday'],
    ['2026-10-10', true, 'a make-up Saturday after National Day'],
    ['2026-10-11', false, 'the Sunday after it'],
    ['2026-11-21', false, 'a Saturday like any other'],
    ['2026-11-23', true, 'a Monday like any other'],
    ['2025-01-01', false, 'New Year, the first day that is published'],
    ['2026-12-25', true, 'the last day that a notice for 2027 cannot reach'],
    ['2026-12-26', undefined, 'a Saturday that the notice for 2027 may make a working day'],
    ['2026-12-31', undefined, 'a Thursday that it may make a holiday'],
    ['2025-12-31', true, 'a Wednesday with the years on both sides published'],
    ['2027-01-01', undefined, 'a holiday in all likelihood, but not published'],
    ['2027-06-19', undefined, 'a Saturday of a year that is not published'],
    ['2024-12-31', undefined, 'a day before the first year that we know'],
  ])('%s → %s: %s', (date, working) => expect(isWorkingDay(day(date), CHINA_HOLIDAYS)).toBe(working))

  it('a day of an unpublished year is not an ordinary day', () => {
    expect(dayKindOf(day('2027-03-03'), CHINA_HOLIDAYS)).toBe('unpublished')
    expect(dayKindOf(day('2026-03-03'), CHINA_HOLIDAYS)).toBe('ordinary')
  })

  it.each<[string, string | undefined, string]>([
    ['2026-11-20', '2026-11-23', 'from a Friday'],
    ['2026-02-13', '2026-02-14', 'into a make-up Saturday'],
    ['2026-02-14', '2026-02-24', 'over Spring Festival'],
    ['2026-09-30', '2026-10-08', 'over National Day'],
    ['2026-12-24', '2026-12-25', 'up to the last day that is certain'],
    ['2026-12-25', undefined, 'into unpublished days'],
  ])('the working day after %s is %s, %s', (from, next) =>
    expect(dateText(nextWorkingDay(day(from), CHINA_HOLIDAYS))).toBe(next),
  )

  it.each([
    [0, '2026-11-21'],
    [1, '2026-11-23'],
    [5, '2026-11-27'],
    [6, '2026-11-30'],
    [400, undefined],
  ])('%i working days after a Saturday: %s', (count, date) =>
    expect(dateText(addWorkingDays(day('2026-11-21'), count, CHINA_HOLIDAYS))).toBe(date),
  )

  it('a calendar without working days does not loop forever', () => {
    const holidays = Array.from({ length: 365 }, (_, i) => formatDate(day('2026-01-01') + i))
    expect(nextWorkingDay(day('2026-01-01'), { years: [2026, 2027], holidays, makeUpDays: [] })).toBeUndefined()
  })
})

describe('R114: the published years', () => {
  it.each([HOLIDAYS_2025, HOLIDAYS_2026])(
    '$year: every date exists, is in that year, and make-up days are weekends',
    ({ year, holidays, makeUpDays }) => {
      for (const date of [...holidays, ...makeUpDays])
        expect([parseCivilDay(date) !== undefined, date.slice(0, 4)]).toEqual([true, String(year)])
      expect(makeUpDays.filter((date) => isWeekday(day(date)))).toEqual([])
      expect(holidays.filter((date) => makeUpDays.includes(date))).toEqual([])
    },
  )
  it.each([
    [HOLIDAYS_2025, 28, 5],
    [HOLIDAYS_2026, 33, 6],
  ])('$year has as many holidays and make-up days as its notice', ({ holidays, makeUpDays }, days, makeUps) => {
    expect([new Set(holidays).size, makeUpDays.length]).toEqual([days, makeUps])
  })
  it('there are fewer make-up days than weekdays off', () => {
    for (const { holidays, makeUpDays } of [HOLIDAYS_2025, HOLIDAYS_2026])
      expect(holidays.filter((date) => isWeekday(day(date))).length).toBeGreaterThan(makeUpDays.length)
  })
  it('a year alone is a calendar, too', () => {
    expect(calendarOf([HOLIDAYS_2026]).years).toEqual([2026])
    expect(weekdayOf(day('2026-11-22'))).toBe(0)
  })
})
