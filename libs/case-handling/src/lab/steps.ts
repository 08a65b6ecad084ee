import type { CaseEvent, Instant } from '#after-sale'

/** What one transaction recorded of one case: the live writer judges after each, and never in between. */
export interface Step {
  /** When it was recorded, UTC ms: what was known then, is known from here on. */
  readonly at: Instant
  readonly events: readonly CaseEvent[]
}

/** One event as the store hands a history out: its type, when it was recorded, the rest of it. */
export type Recorded = readonly [type: string, recordedAt: Instant, body: object]

/**
 * The history of a case as steps. Events that were recorded at the same millisecond one after the other count as one
 * transaction; should they have been two, the state between them was known for less than that.
 */
export function stepsOf(history: readonly Recorded[]): Step[] {
  const steps: { at: Instant; events: CaseEvent[] }[] = []
  let last: { at: Instant; events: CaseEvent[] } | undefined
  for (const [type, at, body] of history) {
    const event = body as { type?: string }
    event.type = type
    if (last?.at !== at) steps.push((last = { at, events: [] }))
    last.events.push(event as CaseEvent)
  }
  return steps
}

/** When the buyer applied, as far as the whole history tells; where nobody told it, when the case was opened. */
export function appliedIn(history: readonly Recorded[]): Instant {
  let applied: Instant | undefined
  for (const [type, at, body] of history) {
    const told = body as { appliedAt?: Instant; openedAt?: Instant }
    if (type === 'CaseOpened') applied = told.appliedAt ?? told.openedAt ?? at
    else if (type === 'ApplicationDated') applied = told.appliedAt ?? applied
  }
  return applied ?? history[0]?.[1] ?? 0
}
