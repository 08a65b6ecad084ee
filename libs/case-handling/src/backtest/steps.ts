import type { CaseEvent, Instant } from '#after-sale'

/** The events of one case from one transaction. The live writer judges after each transaction, never within one. */
export interface Step {
  /** When it was recorded, UTC ms; before that, nothing of it was known. */
  readonly at: Instant
  readonly events: readonly CaseEvent[]
}

/** One event of a history as the store returns it. `recordedAt`: UTC ms. */
export type RecordedCaseEvent = readonly [recordedAt: Instant, event: CaseEvent]

/**
 * Groups the history of a case into steps. Adjacent events with the same millisecond count as one transaction; if they
 * were two, the state between them existed for less than a millisecond.
 */
export function groupIntoSteps(history: readonly RecordedCaseEvent[]): Step[] {
  const steps: { at: Instant; events: CaseEvent[] }[] = []
  let last: { at: Instant; events: CaseEvent[] } | undefined
  for (const [at, event] of history) {
    if (last?.at !== at) steps.push((last = { at, events: [] }))
    last.events.push(event)
  }
  return steps
}

/** When the buyer applied (UTC ms), as last reported; if it never was, when the case was opened. */
export function findAppliedAt(history: readonly RecordedCaseEvent[]): Instant {
  let appliedAt: Instant | undefined
  for (const [, event] of history) {
    if (event.type === 'CaseOpened') appliedAt = event.appliedAt ?? event.openedAt
    else if (event.type === 'ApplicationDated') appliedAt = event.appliedAt
  }
  return appliedAt ?? history[0]?.[0] ?? 0
}
