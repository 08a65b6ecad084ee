import type { Action, Command, Facets } from '#after-sale'
import { ACTION_WARNINGS } from '#after-sale'
import { answerOf, requestOf } from '../../../test/support/action-commands'
import { HOUR } from '../../../test/support/cases'
import type { CaseCommands } from './history-writer'

/** An hour of November 2026 in Shanghai. */
export const at = (day: number, hour: number): number => Date.UTC(2026, 10, day, hour - 8)
const PERSON = { kind: 'person', id: 'lin' } as const
const STRATEGY = { kind: 'strategy', id: 's-1', version: 1 } as const

type Step = CaseCommands['commands'][number]

/** What the platform reports of case `n` at an hour; applied for at `applied`. */
const reported =
  (n: number, when: number, facets: Partial<Facets>, applied?: number): Step =>
  () => ({
    type: 'RecordObservation',
    identity: { organisation: '1', store: '1', marketplace: 'mart', caseNumber: `G${n}` },
    stamp: { revision: when, observedAt: when },
    ...(applied === undefined ? {} : { appliedAt: applied }),
    facets,
  })

/** Decided at an hour on what was known, and accepted by the marketplace a minute later. */
const done = (
  name: Action | 'approve-refund' | 'reject',
  when: number,
  by: typeof PERSON | typeof STRATEGY = PERSON,
): Step[] => [
  (known) =>
    requestOf(name, {
      intent: `i-${when}`,
      by,
      judged: known?.lastSeen?.revision ?? 0,
      budgetLeft: 1_000_000,
      confirmed: CONFIRMED,
      now: when,
    }),
  () => answerOf({ type: 'done' }, { intent: `i-${when}`, sentAt: when, now: when + 60_000 }),
]

const CONFIRMED = Object.keys(ACTION_WARNINGS) as (keyof typeof ACTION_WARNINGS)[]

const WAITING: Partial<Facets> = { status: { status: 'awaiting-merchant-decision', raw: 'W' } }
const asked = (kind: 'refund-only' | 'return-and-refund', fen: number, reason: string): Partial<Facets> => ({
  ...WAITING,
  kind: { kind },
  amounts: { total: fen, legs: {} },
  reason: { text: reason },
})
const REFUNDED: Facets['status'] = { status: 'succeeded', raw: 'S', outcome: 'refunded' }

/**
 * Four cases of store 1, all applied for in the second week of November 2026. Small enough to be counted on paper.
 *
 * 1. Tue 10th, 10:00, asks for 100.00. A strategy agrees at 10:30; refunded 100.00 at 12:00. No dispute.
 * 2. Tue 10th, 12:00, asks for 80.00 back, first reason quality, changed later. A person rejects at 14:00; the platform steps in
 *    on the 11th, rules for the buyer on the 12th, 10:00, and refunds 50.00.
 * 3. Tue 10th, 23:30, asks for 30.00. No answer: the deadline passes on the 12th, 23:30, and the platform refunds at 23:45; how
 *    much is not reported. No dispute.
 * 4. Wed 11th, 09:00, wants to send back, no reason. Goes on.
 */
export const GOLDEN: readonly CaseCommands[] = [
  {
    n: 1,
    org: 1,
    store: 1,
    commands: [
      reported(
        1,
        at(10, 10),
        { ...asked('refund-only', 10_000, '七天无理由'), dispute: { stage: 'none' } },
        at(10, 10),
      ),
      ...done('approve-refund', at(10, 10) + HOUR / 2, STRATEGY),
      reported(1, at(10, 12), { status: REFUNDED, amountRefunded: { total: 10_000 }, money: { stage: 'refunded' } }),
    ],
  },
  {
    n: 2,
    org: 1,
    store: 1,
    commands: [
      reported(2, at(10, 12), asked('return-and-refund', 8_000, '质量问题'), at(10, 12)),
      reported(2, at(10, 13), { reason: { text: '七天无理由' } }),
      ...done('reject', at(10, 14)),
      reported(2, at(10, 15), { status: { status: 'refused', raw: 'R' }, dispute: { stage: 'rejected' } }),
      reported(2, at(11, 9), { dispute: { stage: 'platform-intervened' } }),
      reported(2, at(12, 10), {
        status: REFUNDED,
        dispute: { stage: 'ruled-for-buyer' },
        amountRefunded: { total: 5_000 },
        money: { stage: 'refunded' },
      }),
    ],
  },
  {
    n: 3,
    org: 1,
    store: 1,
    commands: [
      reported(
        3,
        at(10, 23) + HOUR / 2,
        { ...asked('refund-only', 3_000, '漏发'), dispute: { stage: 'none' } },
        at(10, 23) + HOUR / 2,
      ),
      (): Command => ({
        type: 'FireTimer',
        kind: 'SELLER_RESPONSE',
        due: at(12, 23) + HOUR / 2,
        now: at(12, 23) + HOUR / 2,
      }),
      reported(3, at(12, 23) + (3 * HOUR) / 4, { status: REFUNDED, money: { stage: 'refunded' } }),
    ],
  },
  {
    n: 4,
    org: 1,
    store: 1,
    commands: [reported(4, at(11, 9), asked('return-and-refund', 2_000, '七天无理由'), at(11, 9))],
  },
]

/** The ruling of case 2 is appealed on the 13th for liability; the appeal is won on the 15th. */
export const LIABILITY_WON: CaseCommands = {
  n: 2,
  org: 1,
  store: 1,
  commands: [
    ...done(
      { name: 'appeal', items: [{ kind: 'liability', text: '说明' }], evidence: [{ hash: 'aa', kind: 'image' }] },
      at(13, 9),
    ),
    () => ({
      type: 'RecordAppealResult',
      appeal: `i-${at(13, 9)}`,
      kind: 'liability',
      result: 'won',
      decidedAt: at(15, 9),
      by: PERSON,
      now: at(15, 9),
    }),
  ],
}

/** The platform reports late that case 4 was applied for on Monday the 9th, at 20:00. */
export const LATE_DATE: CaseCommands = {
  n: 4,
  org: 1,
  store: 1,
  commands: [reported(4, at(11, 8), {}, at(9, 20))],
}
