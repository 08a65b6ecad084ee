import { DEFAULT_AMOUNT_LIMITS } from '../actions/guards/amount-limits'
import { CHINA_HOLIDAYS } from '../calendar/china-holidays'
import { CHINA_ZONE_MINUTES } from '../calendar/civil-time'
import { weekOf } from '../calendar/working-hours'
import { DEFAULT_REASONS } from './reason-words'
import type { Sourced } from '../sourced'
import type { StoreTerms } from './store-terms'

const HOUR = 3_600_000

/**
 * The terms of a store that has set nothing. The hours are long and cover every day, so that a store that never set
 * them is rarely off duty: applications made off duty may be agreed to automatically (R165).
 */
export const defaultStoreTerms: StoreTerms = {
  zoneMinutes: CHINA_ZONE_MINUTES,
  week: weekOf([{ from: 9 * 60, to: 21 * 60 }]),
  holidays: CHINA_HOLIDAYS,
  reasons: DEFAULT_REASONS,
  advanceRefund: [],
  advanceRefundLimit: { value: 30_000, rule: 'R154', from: '2023-01-01' },
  noReasonDays: { value: 7, rule: 'R163', from: '2023-01-01' },
  amountLimits: DEFAULT_AMOUNT_LIMITS,
  interceptWithin: { value: 24 * HOUR, rule: 'ours', from: '2026-11-22' },
}

/** The sources of those defaults that do not carry their source themselves. */
export const STORE_TERM_SOURCES: Readonly<
  Record<'zoneMinutes' | 'week' | 'holidays' | 'reasons' | 'advanceRefund', Omit<Sourced<unknown>, 'value'>>
> = {
  zoneMinutes: { rule: 'ours', from: '2026-11-22' },
  week: { rule: 'ours', from: '2026-11-22' },
  holidays: { rule: 'R114', from: '2025-01-01' },
  reasons: { rule: 'ours', from: '2026-11-22' },
  /** R155: off until the merchant opens it. */
  advanceRefund: { rule: 'R155', from: '2023-01-01' },
}
