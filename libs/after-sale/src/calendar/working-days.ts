import type { HolidayCalendar } from '../store-terms/store-terms'
import type { CivilDay } from './civil-time'
import { civilDateOf, parseCivilDay, civilDayOfDate, weekdayOf } from './civil-time'

/** What a day is by the calendar. `unpublished`: not yet known whether it is a holiday or a make-up day. */
export type DayKind = 'ordinary' | 'holiday' | 'make-up' | 'unpublished'

interface CompiledCalendar {
  readonly holidays: ReadonlySet<CivilDay>
  readonly makeUpDays: ReadonlySet<CivilDay>
  readonly years: ReadonlySet<number>
}

const compiledCalendars = new WeakMap<HolidayCalendar, CompiledCalendar>()

/**
 * Converts the dates to day numbers, once per calendar object. An invalid date is left out here; it is refused by name when the
 * calendar is entered.
 */
function compileCalendar(calendar: HolidayCalendar): CompiledCalendar {
  const cached = compiledCalendars.get(calendar)
  if (cached !== undefined) return cached
  const days = (dates: readonly string[]): ReadonlySet<CivilDay> =>
    new Set(dates.map(parseCivilDay).filter((day) => day !== undefined))
  const compiled = {
    holidays: days(calendar.holidays),
    makeUpDays: days(calendar.makeUpDays),
    years: new Set(calendar.years),
  }
  compiledCalendars.set(calendar, compiled)
  return compiled
}

/**
 * A notice for a year may reach back into the last days of the year before (2018-12-29 was made a working day by the
 * notice for 2019, 2022-12-31 a holiday by that for 2023). So the days from 26 December on are known only once both are
 * published.
 */
const UNSETTLED_DAYS = 6

/** What a day is by the calendar. */
export function dayKindOf(day: CivilDay, calendar: HolidayCalendar): DayKind {
  const { holidays, makeUpDays, years } = compileCalendar(calendar)
  if (holidays.has(day)) return 'holiday'
  if (makeUpDays.has(day)) return 'make-up'
  const { year, month } = civilDateOf(day)
  if (!years.has(year)) return 'unpublished'
  if (month === 12 && !years.has(year + 1) && civilDayOfDate(year + 1, 1, 1) - day <= UNSETTLED_DAYS)
    return 'unpublished'
  return 'ordinary'
}

/**
 * Whether banks and offices work on this day: Monday to Friday but for holidays, and make-up days (R114). `undefined`:
 * the year is not published, so it is unknown, even for a Saturday, which may be a make-up day.
 */
export function isWorkingDay(day: CivilDay, calendar: HolidayCalendar): boolean | undefined {
  switch (dayKindOf(day, calendar)) {
    case 'holiday':
      return false
    case 'make-up':
      return true
    case 'unpublished':
      return undefined
    case 'ordinary':
      return isWeekday(day)
  }
}

/** Monday to Friday, regardless of holidays. */
export function isWeekday(day: CivilDay): boolean {
  const weekday = weekdayOf(day)
  return weekday !== 0 && weekday !== 6
}

/** The first working day after this one; `undefined` where a day before it is not published. */
export function nextWorkingDay(day: CivilDay, calendar: HolidayCalendar): CivilDay | undefined {
  return addWorkingDays(day, 1, calendar)
}

/** More than any public holiday lasts. It ends the search in a calendar that is wrong. */
const MAX_IDLE_DAYS = 60

/** The day that is `count` working days after this one; with 0 the day itself, also if it is no working day. */
export function addWorkingDays(day: CivilDay, count: number, calendar: HolidayCalendar): CivilDay | undefined {
  let at = day
  for (let remaining = count, idleDays = 0; remaining > 0 && idleDays <= MAX_IDLE_DAYS;) {
    at += 1
    const working = isWorkingDay(at, calendar)
    if (working === undefined) return undefined
    if (working) {
      remaining -= 1
      idleDays = 0
      if (remaining === 0) return at
    } else idleDays += 1
  }
  return count > 0 ? undefined : day
}
