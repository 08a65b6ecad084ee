import type { Instant } from '../facets'
import type { Sourced } from '../sourced'
import type { ServiceSpan } from './store-terms'
import type { Truth } from '../truth'

const HOUR = 3_600_000

/** R155: once opened, the service cannot be closed within 24 hours. */
export const SERVICE_LOCK: Sourced<number> = { value: 24 * HOUR, rule: 'R155', from: '2023-01-01' }

/** The span in which the service is on at this moment: from its opening on (R155), to its closing exclusive (R157). */
export const spanAt = (spans: readonly ServiceSpan[], at: Instant): ServiceSpan | undefined =>
  spans.find((span) => span.from <= at && (span.until === undefined || at < span.until))

/** The last closing up to this moment; `undefined`: never closed. */
export function lastClosedAt(spans: readonly ServiceSpan[], now: Instant): Instant | undefined {
  let last: Instant | undefined
  for (const { until } of spans)
    if (until !== undefined && until <= now && (last === undefined || until > last)) last = until
  return last
}

/** What is known of the time of payment: both ends are equal where it was reported. UTC ms. */
export interface PaidBetween {
  readonly earliest?: Instant
  readonly latest?: Instant
}

/**
 * R149, R158: whether an order has the service at `now`: it is on, or it was closed after the order was paid. Spans
 * that begin after `now` are not known yet. Where the time of payment is unknown, its latest possible time may still
 * prove that it was before the closing, and its earliest that it was not.
 */
export function hasService(spans: readonly ServiceSpan[], paid: PaidBetween, now: Instant): Truth {
  if (spanAt(spans, now) !== undefined) return 'true'
  const closed = lastClosedAt(spans, now)
  if (closed === undefined) return 'false'
  if (paid.latest !== undefined && paid.latest < closed) return 'true'
  return paid.earliest !== undefined && paid.earliest >= closed ? 'false' : 'unknown'
}

/** R155, R157: from when on the service may be closed; `undefined` where it is off. Re-opening restarts the lock. */
export function closeAllowedAt(
  spans: readonly ServiceSpan[],
  now: Instant,
  lock: Sourced<number> = SERVICE_LOCK,
): Instant | undefined {
  const span = spanAt(spans, now)
  return span === undefined ? undefined : span.from + lock.value
}

/** The spans after the switch, or why it was refused. */
export type SwitchResult =
  | { readonly type: 'switched'; readonly spans: readonly ServiceSpan[] }
  | { readonly type: 'refused'; readonly reason: 'AlreadyOn' | 'AlreadyOff' }
  | { readonly type: 'refused'; readonly reason: 'LockedUntil'; readonly until: Instant }

/** Switches the service on, effective at once (R155). */
export function openService(spans: readonly ServiceSpan[], now: Instant): SwitchResult {
  if (spanAt(spans, now) !== undefined) return { type: 'refused', reason: 'AlreadyOn' }
  return { type: 'switched', spans: [...spans, { from: now }] }
}

/** Switches the service off, effective at once (R157), but not within the lock after its opening (R155). */
export function closeService(
  spans: readonly ServiceSpan[],
  now: Instant,
  lock: Sourced<number> = SERVICE_LOCK,
): SwitchResult {
  const span = spanAt(spans, now)
  if (span === undefined) return { type: 'refused', reason: 'AlreadyOff' }
  if (now < span.from + lock.value) return { type: 'refused', reason: 'LockedUntil', until: span.from + lock.value }
  return { type: 'switched', spans: spans.map((other) => (other === span ? { from: other.from, until: now } : other)) }
}
