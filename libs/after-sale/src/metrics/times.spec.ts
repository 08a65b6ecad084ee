import { HOUR, NOON, SECOND, aRefundRequest, caseAfter, reported } from '../../../../test/support/cases'
import type { Intent, IntentState } from '../actions/intents/intent'
import type { Action } from '../actions/action'
import type { Appeal } from '../appeals/appeal-lifecycle'
import type { AfterSaleCase } from '../case'
import type { Command } from '../commands'
import { appealWins, recoveredMoney, smallPayments } from './appeal-and-payment-money'
import {
  durationsOf,
  firstAnswers,
  handlingTimes,
  lostBySilence,
  refundedBySilence,
  selfCompletionTimes,
  settledWhileWithPlatform,
} from './times'

const aCase = (...commands: Command[]): AfterSaleCase =>
  caseAfter({ ...reported(0, aRefundRequest()), appliedAt: NOON }, ...commands)
const refunded = (hours: number): Command =>
  reported(hours * HOUR, {
    status: { status: 'succeeded', outcome: 'refunded', raw: '10' },
    dispute: { stage: 'none' },
  })
const withdrawn = (hours: number): Command =>
  reported(hours * HOUR, { status: { status: 'closed', outcome: 'withdrawn', raw: '11' } })
const missedDeadline: Command = {
  type: 'FireTimer',
  kind: 'SELLER_RESPONSE',
  due: NOON + 48 * HOUR,
  now: NOON + 48 * HOUR,
}
const intent = (action: Action, state: IntentState, at: number): Intent => ({
  id: `${action.name}-${at}`,
  action,
  by: { kind: 'person', id: '1' },
  way: 'API',
  at,
  judged: NOON,
  amount: 0,
  state,
  since: at,
})
const withIntents = (afterSale: AfterSaleCase, ...intents: Intent[]): AfterSaleCase => ({ ...afterSale, intents })
const APPROVE: Action = { name: 'approve-refund' }

describe('R044: refunded because the merchant did not respond', () => {
  it.each<[string, AfterSaleCase, { numerator: number; denominator: number; unknown: number }]>([
    [
      'the deadline passed and the platform refunded',
      aCase(missedDeadline, refunded(49)),
      { numerator: 1, denominator: 1, unknown: 0 },
    ],
    ['the merchant refunded in time', aCase(refunded(1)), { numerator: 0, denominator: 1, unknown: 0 }],
    [
      'the deadline passed, but the buyer withdrew',
      aCase(missedDeadline, withdrawn(49)),
      { numerator: 0, denominator: 1, unknown: 0 },
    ],
    [
      'the deadline passed and nothing is shown yet',
      aCase(missedDeadline),
      { numerator: 0, denominator: 0, unknown: 1 },
    ],
    ['the case is open and in time', aCase(), { numerator: 0, denominator: 0, unknown: 0 }],
    [
      'the merchant had answered, the platform showed it late',
      withIntents(aCase(missedDeadline, refunded(49)), intent(APPROVE, 'confirmed', NOON + 47 * HOUR)),
      { numerator: 0, denominator: 1, unknown: 0 },
    ],
    [
      'the answer of the merchant was refused',
      withIntents(aCase(missedDeadline, refunded(49)), intent(APPROVE, 'refused', NOON + 47 * HOUR)),
      { numerator: 1, denominator: 1, unknown: 0 },
    ],
    [
      'the merchant only sent a small payment and a remark',
      withIntents(
        aCase(missedDeadline, refunded(49)),
        intent({ name: 'send-small-payment', amount: 500, text: 'for the scratch' }, 'confirmed', NOON + HOUR),
        intent({ name: 'add-remark', text: 'called the buyer' }, 'answered', NOON + 2 * HOUR),
      ),
      { numerator: 1, denominator: 1, unknown: 0 },
    ],
  ])('%s', (_what, afterSale, share) => expect(refundedBySilence([afterSale])).toEqual(share))

  it('R037: an agreed return is no refund: money counts when it is shown, not when it was agreed to', () => {
    const agreed = aCase(missedDeadline, reported(49 * HOUR, { status: { status: 'awaiting-buyer-return', raw: '7' } }))
    expect([refundedBySilence([agreed]).unknown, lostBySilence([agreed])]).toEqual([
      1,
      { fen: 0, count: 0, unknown: 0, estimated: { fen: 0, count: 0 } },
    ])
  })

  it('is summed by what was actually refunded; unknown amounts are estimated, and marked so', () => {
    const actual = reported(49 * HOUR + 1, { amountRefunded: { total: 1744 } })
    const cases = [
      aCase(missedDeadline, refunded(49), actual),
      aCase(missedDeadline, refunded(49)),
      aCase(refunded(1)),
      aCase(missedDeadline),
    ]
    expect(lostBySilence(cases)).toEqual({ fen: 1744, count: 1, unknown: 0, estimated: { fen: 8900, count: 1 } })
  })
})

describe('R031, R089: durations', () => {
  it('until the first action of the merchant that took effect', () => {
    const afterSale = withIntents(
      aCase(),
      intent({ name: 'add-remark', text: '' }, 'confirmed', NOON + 1),
      intent(APPROVE, 'stale', NOON + 2),
      intent(APPROVE, 'answered', NOON + 3 * HOUR),
    )
    expect(firstAnswers([afterSale, aCase()], 2 * HOUR)).toEqual({
      count: 1,
      median: 3 * HOUR,
      p90: 3 * HOUR,
      over: 1,
      unknown: 1,
    })
  })

  it('until the end of the case, for cases that have ended', () => {
    expect(handlingTimes([aCase(refunded(48)), aCase(refunded(49)), aCase()], 48 * HOUR)).toEqual({
      count: 2,
      median: 48 * HOUR,
      p90: 49 * HOUR,
      over: 1,
      unknown: 0,
    })
  })

  it('R048: without an intervention or a timeout', () => {
    const intervenedReport = aCase(reported(HOUR, { dispute: { stage: 'platform-intervened' } }), refunded(9))
    expect(
      selfCompletionTimes([aCase(refunded(5)), intervenedReport, aCase(missedDeadline, refunded(49))], HOUR),
    ).toMatchObject({
      count: 1,
      median: 5 * HOUR,
    })
  })

  it.each([
    [[], { count: 0, over: 0, unknown: 0 }],
    [[undefined], { count: 0, over: 0, unknown: 1 }],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { count: 10, median: 5, p90: 9, over: 5, unknown: 0 }],
    [[10, 1], { count: 2, median: 1, p90: 10, over: 1, unknown: 0 }],
  ])('%j, of which those over 5 took longer', (all, durations) => expect(durationsOf(all, 5)).toEqual(durations))
})

it('R146: settled during an intervention', () => {
  const intervenedReport = reported(HOUR, { dispute: { stage: 'platform-intervened' } })
  const ended = { status: { status: 'succeeded', outcome: 'refunded', raw: '10' } } as const
  const ruled = reported(2 * HOUR, { ...ended, dispute: { stage: 'ruled-for-buyer' } })
  expect(
    settledWhileWithPlatform([
      aCase(intervenedReport, reported(2 * HOUR, ended)),
      aCase(intervenedReport, ruled),
      aCase(intervenedReport),
      aCase(),
    ]),
  ).toEqual({ numerator: 1, denominator: 2, unknown: 0 })
})

describe('money', () => {
  const appeals: readonly Appeal[] = [
    {
      id: '1',
      filedAt: NOON,
      items: [
        { kind: 'liability', result: 'won', decidedAt: NOON },
        { kind: 'goods-money', claimed: 8900, result: 'partly', recovered: 4000 },
        { kind: 'freight', claimed: 1000, result: 'won' },
        { kind: 'other', claimed: 300, result: 'pending' },
      ],
    },
    {
      id: '2',
      filedAt: NOON + SECOND,
      items: [
        { kind: 'goods-money', claimed: 1, result: 'partly' },
        { kind: 'freight', result: 'withdrawn' },
        { kind: 'liability', result: 'lost' },
      ],
    },
  ]

  it('R067, R070, R084: appeals are won item by item', () => {
    expect(appealWins(appeals)).toEqual({
      liability: { numerator: 1, denominator: 2, unknown: 0 },
      'goods-money': { numerator: 2, denominator: 2, unknown: 0 },
      freight: { numerator: 1, denominator: 1, unknown: 0 },
      other: { numerator: 0, denominator: 0, unknown: 1 },
    })
  })

  it('R070: recovers the reported amount, or the claimed one if the item was won in full', () => {
    expect(recoveredMoney(appeals)).toEqual({ fen: 5000, count: 2, unknown: 1 })
  })

  it('R011: small payments that took effect are counted; unconfirmed ones are unknown', () => {
    const pay = (amount: number, state: IntentState): Intent =>
      intent({ name: 'send-small-payment', amount, text: '' }, state, NOON + amount)
    const afterSale = withIntents(
      aCase(),
      pay(500, 'confirmed'),
      pay(300, 'answered'),
      pay(200, 'attested'),
      pay(100, 'in-doubt'),
      pay(50, 'refused'),
      pay(25, 'intended'),
    )
    expect(smallPayments([afterSale, aCase()])).toEqual({ fen: 800, count: 2, unknown: 2 })
  })
})
