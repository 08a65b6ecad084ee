import { answerOf, sampleActions, requestOf } from '../../../../test/support/action-commands'
import { NOON, SECOND, aRefundRequest, given, reported } from '../../../../test/support/cases'
import type { AfterSaleCase } from '../case'
import type { Command } from '../commands'
import { decide } from '../decide'
import type { Facets } from '../facets'
import { textsOf } from '../texts/texts-of'
import { ALLOWANCES } from './request/action-allowances'
import type { IntentState } from './intents/intent'
import type { ActionName } from './action-names'
import { ACTIONS } from './action-names'
import { withoutTexts } from './request/without-texts'

const names = Object.keys(ACTIONS) as ActionName[]
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

describe('R035: a merchant has three answers to an application, as its kind and status allow', () => {
  it.each<[ActionName, Facets['kind']['kind'], string]>([
    ['approve-refund', 'refund-only', 'decided'],
    ['approve-return', 'return-and-refund', 'decided'],
    ['approve-return', 'refund-only', 'NotForThisKind'],
    ['approve-refund', 'exchange', 'NotForThisKind'],
  ])('%s of a case of the kind %s: %s', (name, kind, outcome) => {
    expect(reasonOf(given(reported(0, aRefundRequest({ kind: { kind } }))), requestOf(name))).toBe(outcome)
  })

  it.each(['refund-only', 'return-and-refund', 'exchange', 'resend', 'repair'] as const)(
    'a case of the kind %s may be rejected, with a reason',
    (kind) => {
      const afterSale = given(reported(0, aRefundRequest({ kind: { kind } })))
      expect(reasonOf(afterSale, requestOf({ name: 'reject', reason: '', explanation: '说明', evidence: [] }))).toBe(
        'ReasonMissing',
      )
    },
  )
})

describe('a request for an action', () => {
  it('leads to an intent and one effect to perform it, and only the effect has its texts', () => {
    const decision = decide(given(opened), requestOf({ name: 'approve-refund', note: '张三，已同意退款' }))
    const action = { name: 'approve-refund', note: '张三，已同意退款' }
    expect(decision).toMatchObject({
      events: [{ type: 'ActionIntended', intent: 'i-1', amount: 8900, way: 'API', action: { name: 'approve-refund' } }],
      effects: [{ type: 'Perform', intent: 'i-1', action, way: 'API', judged: NOON, returnAddressId: '900' }],
    })
    expect(JSON.stringify((decision as { events: unknown }).events)).not.toContain('张三')
  })

  it('changes nothing if it is repeated with the same id: a double click is one refund', () => {
    expect(decide(given(opened, requestOf('approve-refund')), requestOf('approve-refund'))).toEqual({
      type: 'decided',
      events: [],
      effects: [],
    })
  })

  it('is refused under another id while the first is open', () => {
    expect(reasonOf(given(opened, requestOf('approve-refund')), requestOf('approve-refund', { intent: 'i-2' }))).toBe(
      'AlreadyDecided',
    )
  })

  it.each<[string, AfterSaleCase | undefined, Command, string]>([
    ['an unknown case', undefined, requestOf('approve-refund'), 'NoSuchCase'],
    ['a case that changed since', given(opened, refunding(SECOND)), requestOf('approve-refund'), 'JudgedOldRevision'],
    [
      'a finished case',
      given(reported(0, aRefundRequest({ status: { status: 'closed', raw: '28' } }))),
      requestOf('approve-refund'),
      'AlreadyFinished',
    ],
    ['a return of something that is not sent back', given(opened), requestOf('approve-return'), 'NotForThisKind'],
    [
      'money that is on its way',
      given(reported(0, aRefundRequest({ money: { stage: 'refunding' } }))),
      requestOf('approve-refund'),
      'AlreadyDecided',
    ],
    [
      'a case that the buyer must move',
      given(reported(0, aRefundRequest({ status: { status: 'awaiting-refusal', raw: 'x' } }))),
      requestOf('approve-refund'),
      'NotInThisStatus',
    ],
    [
      'a case that the platform decides',
      given(reported(0, aRefundRequest({ dispute: { stage: 'platform-intervened' } }))),
      requestOf('reject'),
      'PlatformDecides',
    ],
    [
      'what the marketplace does not have',
      given(opened),
      requestOf('approve-refund', { way: 'NONE' }),
      'NotOfferedHere',
    ],
    [
      'two answers to one application',
      given(
        opened,
        requestOf('turn-into-refund', { intent: 'i-0' }),
        requestOf('approve-refusal', { intent: 'i-3', confirmed: ['CannotBeToldApart', 'ContactBuyerFirst'] }),
      ),
      requestOf('approve-refund'),
      'AnotherUnderWay',
    ],
  ])('is refused with a reason: %s', (_, afterSale, command, reason) => {
    expect(reasonOf(afterSale, command)).toBe(reason)
  })

  it.each([
    ['a fen less than it costs', 8899, 'BudgetExhausted'],
    ['exactly what it costs', 8900, 'decided'],
  ])('a strategy with %s left: %s', (_, budgetLeft, outcome) => {
    const by = { kind: 'strategy', id: 's', version: 1 } as const
    expect(reasonOf(given(opened), requestOf('approve-refund', { by, budgetLeft }))).toBe(outcome)
  })

  it('is refused to a strategy if the amount is unknown', () => {
    const { amounts: _untold, ...facets } = aRefundRequest()
    const by = { kind: 'strategy', id: 's', version: 1 } as const
    expect(reasonOf(given(reported(0, facets)), requestOf('approve-refund', { by, budgetLeft: 1e9 }))).toBe(
      'BudgetExhausted',
    )
  })

  it.each(names)('%s has an answer in every status of every kind, and never throws', (name) => {
    const kinds = ['refund-only', 'return-and-refund', 'exchange', 'resend', 'repair'] as const
    const statuses = [
      'awaiting-merchant-decision',
      'awaiting-merchant-receipt',
      'refused',
      'platform-handling',
      'succeeded',
    ] as const
    const answers = kinds.flatMap((kind) =>
      statuses.map((status) =>
        reasonOf(given(reported(0, aRefundRequest({ kind: { kind }, status: { status, raw: 'x' } }))), requestOf(name)),
      ),
    )
    expect(answers.every((answer) => answer.length > 0)).toBe(true)
    expect(ALLOWANCES[name]).toBeDefined()
  })

  it.each(names)('%s leaves no free text in the case', (name) => {
    expect(textsOf(withoutTexts(sampleActions[name]))).toEqual([])
  })
})

describe("the marketplace's answer to an action", () => {
  it.each<[string, Command, IntentState]>([
    ['yes', answerOf({ type: 'done' }), 'answered'],
    ['no', answerOf({ type: 'refused', code: '11005' }), 'refused'],
    ['that the case had changed', answerOf({ type: 'stale', code: '20309541' }), 'stale'],
    ['nothing usable', answerOf({ type: 'in-doubt' }), 'in-doubt'],
  ])('%s', (_, answer, state) => {
    expect(stateAfter(requestOf('approve-refund'), answer)).toBe(state)
  })

  it('has the case read after success, doubt or a change, and not after a refusal', () => {
    const effectCounts = (
      [{ type: 'done' }, { type: 'in-doubt' }, { type: 'stale', code: '1' }, { type: 'refused', code: '1' }] as const
    ).map((answer) => {
      const decision = decide(given(opened, requestOf('approve-refund')), answerOf(answer))
      return decision.type === 'decided' && decision.effects.length
    })
    expect(effectCounts).toEqual([1, 1, 1, 0])
  })

  it('counts if it is a success after a doubt; a doubt after a success does not', () => {
    expect(stateAfter(requestOf('approve-refund'), answerOf({ type: 'in-doubt' }), answerOf({ type: 'done' }))).toBe(
      'answered',
    )
    expect(stateAfter(requestOf('approve-refund'), answerOf({ type: 'done' }), answerOf({ type: 'in-doubt' }))).toBe(
      'answered',
    )
  })

  it('is refused by name if the action is unknown', () =>
    expect(reasonOf(given(opened), answerOf({ type: 'done' }))).toBe('NoSuchIntent'))
})
