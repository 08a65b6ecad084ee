import type { Instant } from '../facets'
import type { Sourced } from '../sourced'
import type { WorkingWeek } from '../store-terms/store-terms'
import { CHINA_ZONE_MINUTES } from './civil-time'
import { isWithinHours, weekOf } from './working-hours'

/**
 * When the platform's own customer service answers. Two rules of one document disagree, and neither has a date of its own
 * (R043: 09:00–24:00, R104: 09:00–20:00), so both are kept, each with its source.
 */
export const SUPPORT_HOURS: readonly Sourced<WorkingWeek>[] = [
  { value: weekOf([{ from: 9 * 60, to: 24 * 60 }]), rule: 'R043', from: '2023-01-01' },
  { value: weekOf([{ from: 9 * 60, to: 20 * 60 }]), rule: 'R104', from: '2023-01-01' },
]

/** Whether the platform's customer service answers; `undefined`: the sources contradict each other, as from 20:00 to 24:00. */
export function isSupportOpen(
  at: Instant,
  sources: readonly Sourced<WorkingWeek>[] = SUPPORT_HOURS,
  zoneMinutes = CHINA_ZONE_MINUTES,
): boolean | undefined {
  const [firstAnswer, ...otherAnswers] = sources.map(({ value }) => isWithinHours(at, { zoneMinutes, week: value }))
  return otherAnswers.every((open) => open === firstAnswer) ? firstAnswer : undefined
}
