import { civilDayOf, DAY } from '../calendar/civil'
import { dayKindOf } from '../calendar/working-days'
import type { DeadlineSource } from '../deadlines/deadline-kinds'
import type { Instant } from '../facets'
import type { Sourced } from '../sourced'
import type { HolidayCalendar } from '../store-terms/store-terms'
import type { Truth } from '../truth'
import type { ArrivalTerms, PaymentMethod } from './terms'

/** When the buyer's money should be there. UTC ms. */
export interface RefundArrival {
  readonly earliest: Instant
  readonly due: Instant
  readonly source: DeadlineSource
  readonly rule: Sourced<unknown>['rule']
  /** Whether public holidays put it off (R114). Unknown: a year on the way is not published, so `due` may be too early. */
  readonly delayed: Truth
}

/** No holiday lasts longer; a calendar that says otherwise must not make this loop forever. */
const MAX_HOLIDAY_DAYS = 60

/**
 * R112–R116: the money's way back by how the order was paid. R114: days on which the banks rest do not count for those
 * that go through them; the hour of the day stays.
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
  let rest = 0
  // The day of the approval itself does not count either way: the money is on its way from that moment.
  for (let day = civilDayOf(approvedAt, zoneMinutes) + 1; day <= civilDayOf(due, zoneMinutes); day++) {
    const kind = dayKindOf(day, calendar)
    if (kind === 'unpublished') delayed = 'unknown'
    if (kind !== 'holiday' || rest >= MAX_HOLIDAY_DAYS) continue
    rest += 1
    due += DAY
    if (delayed === 'false') delayed = 'true'
  }
  return { ...arrival, due, delayed }
}
