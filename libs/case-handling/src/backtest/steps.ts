import type { CaseEvent, Instant } from '#after-sale'

/** What one transaction recorded of one case: the live writer judges after each, never in between. */
export interface Step {
  /** When it was recorded, UTC ms: known from here on. */
  readonly at: Instant
  readonly events: readonly CaseEvent[]
}

/** One event of a history as the store returns it: when it was recorded, and the event. */
export type RecordedCaseEvent = readonly [recordedAt: Instant, event: CaseEvent]

/**
 * The history of a case as steps. Events that were recorded at the same millisecond one after the other count as one
 * transaction; if they were two, the state between them existed for less than that.
 */
export function stepsOf(history: readonly RecordedCaseEvent[]): Step[] {
  const steps: { at: Instant; events: CaseEvent[] }[] = []
  let last: { at: Instant; events: CaseEvent[] } | undefined
  for (const [at, event] of history) {
    if (last?.at !== at) steps.push((last = { at, events: [] }))
    last.events.push(event)
  }
  return steps
}

/** When the buyer applied, by the whole history; if never reported, when the case was opened. */
export function appliedIn(history: readonly RecordedCaseEvent[]): Instant {
  let applied: Instant | undefined
  for (const [, event] of history) {
    if (event.type === 'CaseOpened') applied = event.appliedAt ?? event.openedAt
    else if (event.type === 'ApplicationDated') applied = event.appliedAt
  }
  return applied ?? history[0]?.[0] ?? 0
}
