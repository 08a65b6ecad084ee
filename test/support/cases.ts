import type { AfterSaleCase, CaseEvent, Command, Facets, RecordObservation } from '#after-sale'
import { decide, fold } from '#after-sale'

/** Builders of reports and cases for specs. The clock of these specs stands still: all times count from this instant. */
export const NOON = Date.parse('2026-11-11T04:00:00Z')
export const SECOND = 1_000
export const HOUR = 3_600_000

export const anyIdentity = { organisation: '1', store: '7', marketplace: 'anywhere', caseNumber: '146701382803677771' }

/** A marketplace's report with a revision of `afterNoon` ms after noon, received `later` ms after that. */
export const reported = (afterNoon: number, facets: Partial<Facets>, later = 500): RecordObservation => ({
  type: 'RecordObservation',
  identity: anyIdentity,
  stamp: { revision: NOON + afterNoon, observedAt: NOON + afterNoon + later },
  facets,
})

/** Facets of a shipped order's refund request that waits for the merchant. */
export const aRefundRequest = (over: Partial<Facets> = {}): Partial<Facets> => ({
  status: { status: 'awaiting-merchant-decision', raw: '6' },
  kind: { kind: 'refund-only', variant: 'shipped' },
  amounts: { total: 8900, legs: { GOODS: 8900, FREIGHT: 0 } },
  reason: { text: '不想要了' },
  reasonCode: { code: '1' },
  ...over,
})

/** The case after these commands; undefined where they open none. */
export const given = (...commands: Command[]): AfterSaleCase | undefined => fold(eventsOf(...commands))

/** Like `given`, for specs that need a case. @throws Error where the commands open none */
export function caseAfter(...commands: Command[]): AfterSaleCase {
  const afterSale = given(...commands)
  if (afterSale === undefined) throw new Error('these commands open no case')
  return afterSale
}

/** All events that these commands cause when decided in order, beginning without a case. */
export function eventsOf(...commands: Command[]): CaseEvent[] {
  const events: CaseEvent[] = []
  for (const command of commands) {
    const decision = decide(fold(events), command)
    if (decision.type === 'decided') events.push(...decision.events)
  }
  return events
}
