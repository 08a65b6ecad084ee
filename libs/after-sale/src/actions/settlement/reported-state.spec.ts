import { sampleActions, requestOf } from '../../../../../test/support/action-commands'
import { HOUR, aRefundRequest, caseAfter, given, reported } from '../../../../../test/support/cases'
import type { AfterSaleCase } from '../../case'
import type { Facets } from '../../facets'
import type { Intent } from '../intents/intent'
import type { ReportedState } from './reported-state'
import { isEverReported, reportedStateOf } from './reported-state'
import type { ActionName } from '../action-names'
import { ACTIONS } from '../action-names'

const opened = reported(0, aRefundRequest())
const NAMES = Object.keys(ACTIONS) as ActionName[]

/** An action that was judged by the application; reports come an hour later, or are the application itself. */
const intentOf = (name: ActionName): Intent => {
  const judged = given(opened)?.lastSeen?.revision ?? 0
  const { intent: id, by: shownBy, way } = requestOf(name)
  return {
    id,
    action: sampleActions[name],
    by: shownBy,
    way,
    judged,
    state: 'in-doubt',
    amount: 0,
    at: judged + HOUR / 2,
    since: judged,
    settles: judged,
  } as unknown as Intent
}
const caseLater = (overrides: Partial<Facets>): AfterSaleCase =>
  caseAfter(opened, reported(HOUR, aRefundRequest(overrides)))
const stateOf = (name: ActionName, overrides: Partial<Facets>): ReportedState =>
  reportedStateOf(caseLater(overrides), intentOf(name))
const status = (word: string, outcome?: string): Partial<Facets> => ({
  status: { status: word, raw: 'x', ...(outcome === undefined ? {} : { outcome }) } as Facets['status'],
})

const AWAITING_DECISION = status('awaiting-merchant-decision')
const CLOSED = { ...status('closed', 'withdrawn'), kind: { kind: 'exchange' } } as const
const REFUNDED: Partial<Facets> = { ...status('succeeded', 'refunded'), money: { stage: 'refunded' } }

describe('whether the case shows an action', () => {
  it.each<[ActionName, Partial<Facets>, Partial<Facets>]>([
    // the action, a report that shows it, and a similar report that does not
    ['approve-return', status('awaiting-buyer-return'), AWAITING_DECISION],
    ['approve-return', status('awaiting-merchant-receipt'), status('refused')],
    ['approve-return', REFUNDED, status('platform-handling')],
    ['approve-refund', status('refunding'), status('awaiting-buyer-return')],
    ['approve-refund', REFUNDED, { ...AWAITING_DECISION, money: { stage: 'asked' } }],
    [
      'approve-refund',
      { ...AWAITING_DECISION, money: { stage: 'partly-refunded' } },
      { ...AWAITING_DECISION, money: { stage: 'failed' } },
    ],
    ['cancel-sending', status('refunding'), AWAITING_DECISION],
    ['approve-exchange', status('awaiting-buyer-return'), AWAITING_DECISION],
    ['approve-exchange', status('succeeded'), status('refused')],
    ['approve-resend', status('awaiting-merchant-shipment'), AWAITING_DECISION],
    ['approve-repair', status('awaiting-merchant-receipt'), status('platform-handling')],
    [
      'turn-into-refund',
      { ...AWAITING_DECISION, kind: { kind: 'refund-only' } },
      { ...AWAITING_DECISION, kind: { kind: 'exchange' } },
    ],
    ['approve-refusal', status('awaiting-refusal'), AWAITING_DECISION],
    ['ship-exchange', status('awaiting-buyer-receipt'), status('awaiting-merchant-shipment')],
    ['reject', status('refused'), AWAITING_DECISION],
    ['reject', status('platform-handling'), status('awaiting-buyer-return')],
    [
      'intercept',
      { ...AWAITING_DECISION, goods: { stage: 'intercepting', parcels: [] } },
      { ...AWAITING_DECISION, goods: { stage: 'in-transit', parcels: [] } },
    ],
    [
      'submit-evidence',
      { ...AWAITING_DECISION, dispute: { stage: 'evidence-given' } },
      { ...AWAITING_DECISION, dispute: { stage: 'evidence-wanted' } },
    ],
    ['request-intervention', status('platform-handling'), status('refused')],
    [
      'request-intervention',
      { ...AWAITING_DECISION, dispute: { stage: 'platform-intervened' } },
      { ...AWAITING_DECISION, dispute: { stage: 'negotiating' } },
    ],
    [
      'appeal',
      { ...AWAITING_DECISION, dispute: { stage: 'appealed' } },
      { ...AWAITING_DECISION, dispute: { stage: 'ruled-for-buyer' } },
    ],
    [
      'appeal',
      { ...AWAITING_DECISION, dispute: { stage: 'decided' } },
      { ...AWAITING_DECISION, dispute: { stage: 'rejected' } },
    ],
  ])('%s: by %j, not by %j', (name, shownBy, notShownBy) => {
    expect(isEverReported(name)).toBe(true)
    expect([stateOf(name, shownBy), stateOf(name, notShownBy)]).toEqual(['shown', 'not-yet'])
  })

  it.each([
    'approve-return',
    'approve-exchange',
    'turn-into-refund',
    'approve-refusal',
    'ship-exchange',
    'reject',
  ] as const)('%s is not shown by a status from before it was judged', (name) => {
    for (const word of ['awaiting-buyer-return', 'awaiting-refusal', 'awaiting-buyer-receipt', 'refused']) {
      const stood = reported(0, aRefundRequest(status(word)))
      expect(reportedStateOf(caseAfter(stood), intentOf(name))).toBe('not-yet')
    }
  })

  it('a report after the decision with the judged revision shows it: revisions are whole seconds', () => {
    const stateAtDelay = (observed: number): ReportedState =>
      reportedStateOf(caseAfter(opened, reported(0, aRefundRequest(status('awaiting-buyer-return')), observed)), {
        ...intentOf('approve-return'),
        at: opened.stamp.observedAt + 100,
      })
    expect([stateAtDelay(500 + 100), stateAtDelay(500 + 101)]).toEqual(['not-yet', 'shown'])
  })

  it.each(NAMES.filter((name) => name !== 'appeal' && name !== 'submit-evidence'))(
    '%s is overtaken by a case that was withdrawn',
    (name) => {
      expect(stateOf(name, CLOSED)).toBe('overtaken')
    },
  )
  it.each(['appeal', 'submit-evidence'] as const)('%s outlives its case', (name) =>
    expect(stateOf(name, CLOSED)).toBe('not-yet'),
  )

  it.each(NAMES.filter((name) => !isEverReported(name)))('%s is shown by no report', (name) => {
    for (const overrides of [AWAITING_DECISION, REFUNDED, status('refused'), status('awaiting-buyer-return')])
      expect(stateOf(name, overrides)).not.toBe('shown')
  })
})
