import { answerOf, requestOf, closeOf } from '../../../../../test/support/action-commands'
import { HOUR, NOON, SECOND, aRefundRequest, caseAfter, given, reported } from '../../../../../test/support/cases'
import type { AfterSaleCase } from '../../case'
import type { Command } from '../../commands'
import { decide } from '../../decide'
import type { Facets } from '../../facets'
import { DEFAULT_TERMS } from '../../terms'
import { timersOf } from '../../deadlines/timers'
import type { IntentState } from '../intents/intent'
import { tasksOf } from '../intents/tasks'

const opened = reported(0, aRefundRequest())
const refunding = (after: number, reportDelay = 500) =>
  reported(
    after,
    aRefundRequest({ status: { status: 'refunding', raw: '12' }, money: { stage: 'refunding' } }),
    reportDelay,
  )
const stateAfter = (...commands: Command[]): IntentState | undefined => given(opened, ...commands)?.intents?.[0]?.state
const reasonOf = (afterSale: AfterSaleCase | undefined, command: Command): string => {
  const decision = decide(afterSale, command)
  return decision.type === 'refused' ? decision.reason : 'decided'
}

describe('what the marketplace shows', () => {
  const commandsInDoubt = [requestOf('approve-refund'), answerOf({ type: 'in-doubt' })]
  const settledAfter = 61 * SECOND + DEFAULT_TERMS.settle

  it.each<[string, Command, IntentState]>([
    ['the refund', refunding(62 * SECOND), 'confirmed'],
    [
      'a withdrawal instead',
      reported(62 * SECOND, aRefundRequest({ status: { status: 'closed', outcome: 'withdrawn', raw: '28' } })),
      'overtaken',
    ],
    [
      'nothing new, just before a late call can no longer arrive',
      reported(0, aRefundRequest(), settledAfter - 1),
      'in-doubt',
    ],
    ['nothing new, when a late call can no longer arrive', reported(0, aRefundRequest(), settledAfter), 'lapsed'],
  ])('of one in doubt: %s', (_, report, state) => {
    expect(stateAfter(...commandsInDoubt, report)).toBe(state)
  })

  it('does not end an action that may be being sent right now', () => {
    expect(stateAfter(requestOf('approve-refund'), refunding(62 * SECOND))).toBe('intended')
    expect(
      stateAfter(requestOf('approve-refund'), refunding(62 * SECOND), answerOf({ type: 'stale', code: '1' })),
    ).toBe('stale')
  })

  it('confirms an agreed return by a later status, if it is newer than the judged revision', () => {
    const applied: Partial<Facets> = aRefundRequest({ kind: { kind: 'return-and-refund' } })
    const agreed = { ...applied, status: { status: 'awaiting-buyer-return' as const, raw: '7' } }
    const endState = (...more: Command[]) =>
      given(reported(0, applied), requestOf('approve-return'), answerOf({ type: 'done' }), ...more)?.intents?.[0]?.state
    expect(endState(reported(63 * SECOND, agreed))).toBe('confirmed')
    expect(endState(reported(63 * SECOND, applied))).toBe('answered')
  })

  it('has the case read again until it is settled', () => {
    const dueOf = (...commands: Command[]) =>
      timersOf(caseAfter(opened, ...commands)).find((t) => t.kind === 'SETTLE')?.due
    expect(dueOf(requestOf('approve-refund'))).toBeUndefined()
    expect(dueOf(...commandsInDoubt)).toBe(NOON + settledAfter)
    expect(dueOf(...commandsInDoubt, refunding(62 * SECOND))).toBeUndefined()
    const answered = [requestOf('approve-refund'), answerOf({ type: 'done' })]
    expect(dueOf(...answered, reported(0, aRefundRequest(), settledAfter + HOUR)) as number).toBeGreaterThan(
      NOON + settledAfter + HOUR,
    )
  })
})

describe('an action done by hand', () => {
  const byHand = requestOf('approve-refund', { way: 'ASSISTED' })
  const attest: Command = { type: 'AttestAction', intent: 'i-1', by: { kind: 'person', id: 'lin' }, now: NOON + HOUR }

  it('is attested by a person, and confirmed only by a report of the marketplace', () => {
    expect(decide(given(opened), byHand)).toMatchObject({ effects: [{ type: 'Perform', way: 'ASSISTED' }] })
    expect(stateAfter(byHand, attest)).toBe('attested')
    expect(stateAfter(byHand, attest, refunding(2 * HOUR))).toBe('confirmed')
    expect(stateAfter(byHand, refunding(2 * HOUR))).toBe('confirmed')
  })

  it('is confirmed by the attestation if no report can ever show it', () => {
    expect(stateAfter(requestOf('negotiate', { way: 'ASSISTED' }), attest)).toBe('confirmed')
  })

  it.each<[string, Command[], string]>([
    ['what a call carries out', [requestOf('approve-refund')], 'NotAwaitingAttestation'],
    ['nothing', [], 'NoSuchIntent'],
    ['twice', [byHand, attest], 'decided'],
  ])('attesting %s', (_, commands, outcome) => {
    expect(reasonOf(given(opened, ...commands), attest)).toBe(outcome)
  })
})

describe('the tasks of people', () => {
  const reasons = (...commands: Command[]) =>
    tasksOf(caseAfter(opened, ...commands), DEFAULT_TERMS).map((t) => t.reason)
  it.each<[string, Command[], string[]]>([
    ['an action by hand', [requestOf('approve-refund', { way: 'ASSISTED' })], ['to-be-done-by-hand']],
    ['an action in doubt', [requestOf('approve-refund'), answerOf({ type: 'in-doubt' })], ['in-doubt']],
    ['one that was refused', [requestOf('approve-refund'), answerOf({ type: 'refused', code: '1' })], ['refused']],
    [
      'one that was refused, when the case has moved on',
      [requestOf('approve-refund'), answerOf({ type: 'refused', code: '1' }), refunding(HOUR)],
      [],
    ],
    ['one that was sent, and is shown', [requestOf('approve-refund'), answerOf({ type: 'done' }), refunding(HOUR)], []],
  ])('%s', (_, commands, expected) => {
    expect(reasons(...commands)).toEqual(expected)
  })

  it('include an action in doubt within a minute', () => {
    const [task] = tasksOf(
      caseAfter(opened, requestOf('approve-refund'), answerOf({ type: 'in-doubt' })),
      DEFAULT_TERMS,
    )
    expect(task?.due).toBe(NOON + 121 * SECOND)
  })

  it('end an unsent action by a withdrawal, and a sent one by a check of the marketplace', () => {
    expect(stateAfter(requestOf('approve-refund'), closeOf('withdrawn'))).toBe('withdrawn')
    expect(stateAfter(requestOf('approve-refund'), answerOf({ type: 'in-doubt' }), closeOf('lapsed'))).toBe('lapsed')
    expect(
      reasonOf(given(opened, requestOf('approve-refund'), answerOf({ type: 'in-doubt' })), closeOf('withdrawn')),
    ).toBe('NotAwaitingAttestation')
    expect(reasonOf(given(opened, requestOf('approve-refund')), closeOf('confirmed'))).toBe('NotAwaitingAttestation')
  })
})
