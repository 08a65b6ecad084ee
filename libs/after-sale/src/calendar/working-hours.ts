import type { Instant } from '../facets'
import type { HolidayCalendar, Hours, WorkingWeek } from '../store-terms/store-terms'
import type { CivilDay, Weekday } from './civil-time'
import { civilDayOf, minuteOfDay, weekdayOf } from './civil-time'
import { dayKindOf } from './working-days'

/** The hours of a store, its zone and its holidays. */
export interface OpeningTimes {
  readonly zoneMinutes: number
  readonly week: WorkingWeek
  /** Absent: holidays are days like any other. */
  readonly holidays?: HolidayCalendar
}

/**
 * Whether the store is on duty at this moment (R165). A public holiday is off duty; a make-up day has the hours of its
 * own weekday or, where that has none, of the week's first working day. In a year whose holidays are not published, the
 * answer is known only where it is the same for every kind of day; else `undefined`.
 */
export function isWithinHours(at: Instant, { zoneMinutes, week, holidays }: OpeningTimes): boolean | undefined {
  const day = civilDayOf(at, zoneMinutes)
  const minute = minuteOfDay(at, zoneMinutes)
  const isUsuallyOpen = isOpenAtMinute(week.days[weekdayOf(day)], minute)
  if (holidays === undefined) return isUsuallyOpen
  switch (dayKindOf(day, holidays)) {
    case 'ordinary':
      return isUsuallyOpen
    case 'holiday':
      return false
    case 'make-up':
      return isOpenAtMinute(makeUpHours(day, week), minute)
    case 'unpublished':
      // It may be a holiday (closed), ordinary, or, at a weekend, a make-up day: all must agree.
      return isUsuallyOpen || (isWeekend(day) && isOpenAtMinute(makeUpHours(day, week), minute)) ? undefined : false
  }
}

/** `from` inclusive, `to` exclusive. */
const isOpenAtMinute = (hours: readonly Hours[], minute: number): boolean =>
  hours.some(({ from, to }) => minute >= from && minute < to)

function isWeekend(day: CivilDay): boolean {
  const weekday = weekdayOf(day)
  return weekday === 0 || weekday === 6
}

const FROM_MONDAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 0]

function makeUpHours(day: CivilDay, week: WorkingWeek): readonly Hours[] {
  const ownHours = week.days[weekdayOf(day)]
  if (ownHours.length > 0) return ownHours
  for (const weekday of FROM_MONDAY) if (week.days[weekday].length > 0) return week.days[weekday]
  return []
}

/** The same hours on the days given, closed on the others. */
export function weekOf(hours: readonly Hours[], days: readonly Weekday[] = [0, 1, 2, 3, 4, 5, 6]): WorkingWeek {
  const hoursOn = (day: Weekday): readonly Hours[] => (days.includes(day) ? hours : [])
  return {
    days: { 0: hoursOn(0), 1: hoursOn(1), 2: hoursOn(2), 3: hoursOn(3), 4: hoursOn(4), 5: hoursOn(5), 6: hoursOn(6) },
  }
}
