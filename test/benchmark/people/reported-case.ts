import { caseIdOf } from '#case-handling'

/** A refund application that waits for the merchant, as a marketplace reports it. */
export const reportedCase = (org: number, store: number, caseNumber: string, now: number) => ({
  ...{ id: caseIdOf(org, store, caseNumber), org, store, messageId: null },
  command: {
    type: 'RecordObservation',
    identity: { organisation: String(org), store: String(store), marketplace: 'douyin', caseNumber },
    stamp: { revision: now, observedAt: now },
    facets: {
      status: { status: 'awaiting-merchant-decision', raw: 'W' },
      kind: { kind: 'refund-only' },
      amounts: { total: 5_000, legs: { GOODS: 5_000 } },
      deadline: { due: now + 86_400_000, forRaw: 'W' },
    },
  } as const,
})
