import { civilDayOf, DAY } from '../calendar/civil-time'
import { dayKindOf } from '../calendar/working-days'
import type { DeadlineSource } from '../deadlines/deadline-kinds'
import type { Instant } from '../facets'
import type { Sourced } from '../sourced'
import type { HolidayCalendar } from '../store-terms/store-terms'
import type { Truth } from '../truth'
import type { ArrivalTerms, PaymentMethod } from './terms'

/** When the buyer's money should arrive. UTC ms. */
export interface RefundArrival {
  readonly earliest: Instant
  readonly due: Instant
  readonly source: DeadlineSource
  readonly rule: Sourced<unknown>['rule']
  /**
   * Whether public holidays delay it (R114). Unknown where the holidays of a year before `due` are not published; `due`
   * may then be too early.
   */
  readonly delayed: Truth
}

/** More than any public holiday lasts. It ends the loop in a calendar that is wrong. */
const MAX_HOLIDAY_DAYS = 60

/**
 * R112–R116: when a refund arrives, by how the order was paid. R114: for payments through a bank, public holidays are
 * not counted; the time of day stays the same.
 */
export function refundArrivalOf(
  approvedAt: Instant,
  method: PaymentMethod,
  terms: ArrivalTerms,
  calendar: HolidayCalendar,
  zoneMinutes: number,
): RefundArrival {
  const { value: span, rule } = terms[method]
  const arrival = { earliest: approvedAt + span.earliest, source: 'DERIVED', rule } as const
  if (!span.rests) return { ...arrival, due: approvedAt + span.latest, delayed: 'false' }
  let due = approvedAt + span.latest
  let delayed: Truth = 'false'
  let skippedDays = 0
  // The day of the approval itself does not count either way: the money is on its way from that moment.
  for (let day = civilDayOf(approvedAt, zoneMinutes) + 1; day <= civilDayOf(due, zoneMinutes); day++) {
    const kind = dayKindOf(day, calendar)
    if (kind === 'unpublished') delayed = 'unknown'
    if (kind !== 'holiday' || skippedDays >= MAX_HOLIDAY_DAYS) continue
    skippedDays += 1
    due += DAY
    if (delayed === 'false') delayed = 'true'
  }
  return { ...arrival, due, delayed }
}
