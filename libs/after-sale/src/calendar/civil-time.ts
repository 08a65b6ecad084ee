import type { Instant } from '../facets'

// Civil time by arithmetic, since the calendar of the JavaScript runtime (`Date`, `Intl`) is a hundred times slower. A zone is its
// minutes east of UTC. The conversions between dates and day numbers are those of Howard Hinnant, "chrono-Compatible Low-Level
// Date Algorithms" (`days_from_civil`, `civil_from_days`).

/** A day as a whole number, 0: 1970-01-01, by the Gregorian calendar; negative before 1970. */
export type CivilDay = number

/** 0 Sunday … 6 Saturday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Asia/Shanghai; there has been no summer time since 1991. */
export const CHINA_ZONE_MINUTES = 480

/** The day that a calendar in the zone shows at this moment. */
export const civilDayOf = (at: Instant, zoneMinutes: number): CivilDay => Math.floor((at + zoneMinutes * MINUTE) / DAY)

/** The minute of the day that a clock in the zone shows: 0 to 1439. */
export const minuteOfDay = (at: Instant, zoneMinutes: number): number =>
  Math.floor((at + zoneMinutes * MINUTE) / MINUTE) - civilDayOf(at, zoneMinutes) * 1440

/** The first moment of a day, UTC ms. */
export const startOfDay = (day: CivilDay, zoneMinutes: number): Instant => day * DAY - zoneMinutes * MINUTE

/** The number of midnights between the two; negative when `to` is earlier. The same day: 0. */
export const daysBetween = (from: Instant, to: Instant, zoneMinutes: number): number =>
  civilDayOf(to, zoneMinutes) - civilDayOf(from, zoneMinutes)

/** 1970-01-01 was a Thursday, hence the 4. */
export const weekdayOf = (day: CivilDay): Weekday => ((((day + 4) % 7) + 7) % 7) as Weekday

/** Days in 400 years, after which the Gregorian calendar repeats. */
const DAYS_PER_ERA = 146_097
/** Days from 0000-03-01, where the eras begin, to 1970-01-01. */
const DAYS_BEFORE_1970 = 719_468

/** Parses a date of the form `YYYY-MM-DD`; `undefined`: the text is no such date, or the date does not exist. */
export function parseCivilDay(date: string): CivilDay | undefined {
  if (date.length !== 10 || date[4] !== '-' || date[7] !== '-') return undefined
  const [year, month, dayOfMonth] = [date.slice(0, 4), date.slice(5, 7), date.slice(8)].map(Number)
  if (year === undefined || month === undefined || dayOfMonth === undefined) return undefined
  const day = civilDayOfDate(year, month, dayOfMonth)
  return formatDate(day) === date ? day : undefined
}

/**
 * The day number of a date, `month` from 1. Internally years begin in March, so that a leap day is the last day of its year; `(153 *
 * month + 2) / 5` then counts the days before a month, since the months from March on have 153 days in every five.
 */
export function civilDayOfDate(year: number, month: number, date: number): CivilDay {
  const shiftedYear = month <= 2 ? year - 1 : year
  const era = Math.floor(shiftedYear / 400)
  const yearOfEra = shiftedYear - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1
  return (
    era * DAYS_PER_ERA +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    DAYS_BEFORE_1970
  )
}

/** A date by its parts, `month` and `date` (the day of the month) from 1. */
export interface CivilDate {
  readonly year: number
  readonly month: number
  readonly date: number
}

/** The reverse of `civilDayOfDate`. */
export function civilDateOf(day: CivilDay): CivilDate {
  const dayFromEpoch = day + DAYS_BEFORE_1970
  const era = Math.floor(dayFromEpoch / DAYS_PER_ERA)
  const dayOfEra = dayFromEpoch - era * DAYS_PER_ERA
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    date: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
  }
}

const twoDigits = (n: number): string => String(n).padStart(2, '0')

/** `YYYY-MM-DD` */
export function formatDate(day: CivilDay): string {
  const { year, month, date } = civilDateOf(day)
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(date)}`
}

/** `YYYY-MM-DD HH:mm:ss` as a clock in the zone shows it. */
export function formatLocalTime(at: Instant, zoneMinutes: number): string {
  const day = civilDayOf(at, zoneMinutes)
  const second = Math.floor((at - startOfDay(day, zoneMinutes)) / 1000)
  return `${formatDate(day)} ${twoDigits(Math.floor(second / 3600))}:${twoDigits(Math.floor(second / 60) % 60)}:${twoDigits(second % 60)}`
}
