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

const WAITING = status('awaiting-merchant-decision')
const CLOSED = { ...status('closed', 'withdrawn'), kind: { kind: 'exchange' } } as const
const PAID: Partial<Facets> = { ...status('succeeded', 'refunded'), money: { stage: 'refunded' } }

describe('whether the case shows an action', () => {
  it.each<[ActionName, Partial<Facets>, Partial<Facets>]>([
    // the action, a report that shows it, and a similar report that does not
    ['approve-return', status('awaiting-buyer-return'), WAITING],
    ['approve-return', status('awaiting-merchant-receipt'), status('refused')],
    ['approve-return', PAID, status('platform-handling')],
    ['approve-refund', status('refunding'), status('awaiting-buyer-return')],
    ['approve-refund', PAID, { ...WAITING, money: { stage: 'asked' } }],
    ['approve-refund', { ...WAITING, money: { stage: 'partly-refunded' } }, { ...WAITING, money: { stage: 'failed' } }],
    ['cancel-sending', status('refunding'), WAITING],
    ['approve-exchange', status('awaiting-buyer-return'), WAITING],
    ['approve-exchange', status('succeeded'), status('refused')],
    ['approve-resend', status('awaiting-merchant-shipment'), WAITING],
    ['approve-repair', status('awaiting-merchant-receipt'), status('platform-handling')],
    ['turn-into-refund', { ...WAITING, kind: { kind: 'refund-only' } }, { ...WAITING, kind: { kind: 'exchange' } }],
    ['approve-refusal', status('awaiting-refusal'), WAITING],
    ['ship-exchange', status('awaiting-buyer-receipt'), status('awaiting-merchant-shipment')],
    ['reject', status('refused'), WAITING],
    ['reject', status('platform-handling'), status('awaiting-buyer-return')],
    [
      'intercept',
      { ...WAITING, goods: { stage: 'intercepting', parcels: [] } },
      { ...WAITING, goods: { stage: 'in-transit', parcels: [] } },
    ],
    [
      'submit-evidence',
      { ...WAITING, dispute: { stage: 'evidence-given' } },
      { ...WAITING, dispute: { stage: 'evidence-wanted' } },
    ],
    ['request-intervention', status('platform-handling'), status('refused')],
    [
      'request-intervention',
      { ...WAITING, dispute: { stage: 'platform-intervened' } },
      { ...WAITING, dispute: { stage: 'negotiating' } },
    ],
    ['appeal', { ...WAITING, dispute: { stage: 'appealed' } }, { ...WAITING, dispute: { stage: 'ruled-for-buyer' } }],
    ['appeal', { ...WAITING, dispute: { stage: 'decided' } }, { ...WAITING, dispute: { stage: 'rejected' } }],
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
    for (const overrides of [WAITING, PAID, status('refused'), status('awaiting-buyer-return')])
      expect(stateOf(name, overrides)).not.toBe('shown')
  })
})
