import type { Action, Command, Facets } from '#after-sale'
import { ACTION_WARNINGS } from '#after-sale'
import { answerOf, requestOf } from '../../../test/support/action-commands'
import { HOUR } from '../../../test/support/cases'
import type { CaseCommands } from './history-writer'

/** An hour of November 2026 in Shanghai. */
export const at = (day: number, hour: number): number => Date.UTC(2026, 10, day, hour - 8)
const october = (day: number, hour: number): number => Date.UTC(2026, 9, day, hour - 8)
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

/**
 * Three cases of October 2026, for the figures that the four of November leave at 0.
 *
 * 5. Mon 5th, 10:00, asks for 60.00. A person rejects at 11:00; the platform steps in, rules for the buyer on the 6th, 10:00, and
 *    refunds 60.00. Appealed at 12:00 for 40.00; won in part on the 8th: 25.00 come back.
 * 6. Tue 6th, 9:00, asks for 30.00 after delivery. No answer: the deadline passes on the 8th, 9:00, and the platform refunds
 *    30.00 at 9:15.
 * 7. Wed 7th, 10:00, asks for 20.00 after delivery. A person sends a small payment of 5.00 at 11:00. Goes on.
 */
export const GOLDEN_OCTOBER: readonly CaseCommands[] = [
  {
    n: 5,
    org: 1,
    store: 1,
    commands: [
      reported(5, october(5, 10), asked('refund-only', 6_000, '漏发'), october(5, 10)),
      ...done('reject', october(5, 11)),
      reported(5, october(5, 12), { status: { status: 'refused', raw: 'R' }, dispute: { stage: 'rejected' } }),
      reported(5, october(5, 13), { dispute: { stage: 'platform-intervened' } }),
      reported(5, october(6, 10), {
        status: REFUNDED,
        dispute: { stage: 'ruled-for-buyer' },
        amountRefunded: { total: 6_000 },
        money: { stage: 'refunded' },
      }),
      ...done(
        {
          name: 'appeal',
          items: [{ kind: 'goods-money', text: '说明', amount: 4_000 }],
          evidence: [{ hash: 'aa', kind: 'image' }],
        },
        october(6, 12),
      ),
      () => ({
        type: 'RecordAppealResult',
        appeal: `i-${october(6, 12)}`,
        kind: 'goods-money',
        result: 'partly',
        recovered: 2_500,
        decidedAt: october(8, 9),
        by: PERSON,
        now: october(8, 9),
      }),
    ],
  },
  {
    n: 6,
    org: 1,
    store: 1,
    commands: [
      reported(
        6,
        october(6, 9),
        {
          ...asked('refund-only', 3_000, '质量问题'),
          goods: { stage: 'delivered', parcels: [] },
          dispute: { stage: 'none' },
        },
        october(6, 9),
      ),
      () => ({ type: 'FireTimer', kind: 'SELLER_RESPONSE', due: october(8, 9), now: october(8, 9) }),
      reported(6, october(8, 9) + HOUR / 4, {
        status: REFUNDED,
        amountRefunded: { total: 3_000 },
        money: { stage: 'refunded' },
      }),
    ],
  },
  {
    n: 7,
    org: 1,
    store: 1,
    commands: [
      reported(
        7,
        october(7, 10),
        { ...asked('refund-only', 2_000, '漏发'), goods: { stage: 'delivered', parcels: [] } },
        october(7, 10),
      ),
      ...done({ name: 'send-small-payment', amount: 500, text: '说明' }, october(7, 11)),
    ],
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
