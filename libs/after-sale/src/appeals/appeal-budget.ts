import { civilDateOf, civilDayOf, civilDayOfDate, startOfDay } from '../calendar/civil-time'
import type { Instant } from '../facets'
import type { RuleId } from '../policies/framework/condition'
import type { AppealTerms } from './terms'
import { DEFAULT_APPEAL_TERMS } from './terms'

/** Failed appeals of one store in a calendar month and a calendar year, in the store's time zone. */
export interface FailedAppeals {
  readonly month: number
  readonly year: number
}

/** How many more appeals of a store may fail before the platform accepts no more. */
export interface AppealBudget {
  readonly open: boolean
  /** How many failures are left until appeals close; 0: closed. */
  readonly left: number
  /** The limit that closed appeals, or that is reached first. */
  readonly rule: RuleId
  /** When appeals open again, where they are closed: the start of the next month or year, UTC ms. */
  readonly opensAt?: Instant
}

/** R061, R062: failures counted by the month and the year in which the platform decided, in the store's calendar. */
export function failedAppealsOf(failedAt: readonly Instant[], now: Instant, zoneMinutes: number): FailedAppeals {
  const today = civilDateOf(civilDayOf(now, zoneMinutes))
  let month = 0
  let year = 0
  for (const at of failedAt) {
    const date = civilDateOf(civilDayOf(at, zoneMinutes))
    if (date.year !== today.year) continue
    year += 1
    if (date.month === today.month) month += 1
  }
  return { month, year }
}

/**
 * R061, R062: *higher than* 3 a month or 10 a year closes appeals: with 3 they are accepted, with 4 they are closed until the
 * next month begins. The year's limit wins where both are used up, for it lasts longer.
 */
export function appealBudgetOf(
  failed: FailedAppeals,
  now: Instant,
  zoneMinutes: number,
  terms: AppealTerms = DEFAULT_APPEAL_TERMS,
): AppealBudget {
  const leftInMonth = terms.failuresInMonth.value + 1 - failed.month
  const leftInYear = terms.failuresInYear.value + 1 - failed.year
  const left = Math.max(0, Math.min(leftInMonth, leftInYear))
  if (left > 0) return { open: true, left, rule: leftInYear < leftInMonth ? 'R062' : 'R061' }
  const { year, month } = civilDateOf(civilDayOf(now, zoneMinutes))
  const opensNextYear = leftInYear <= 0 || month === 12
  const openingDay = opensNextYear ? civilDayOfDate(year + 1, 1, 1) : civilDayOfDate(year, month + 1, 1)
  return { open: false, left: 0, rule: leftInYear <= 0 ? 'R062' : 'R061', opensAt: startOfDay(openingDay, zoneMinutes) }
}
