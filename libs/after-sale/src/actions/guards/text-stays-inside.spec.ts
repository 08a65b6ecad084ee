import { sampleActions, plainTerms } from '../../../../../test/support/action-commands'
import { NOON, aRefundRequest, anyIdentity, caseAfter, reported } from '../../../../../test/support/cases'
import type { Facets } from '../../facets'
import type { Action } from '../action'
import type { ActionName } from '../action-names'
import { textStaysInside } from './text-stays-inside'

function objectionsTo(action: Action, overrides: Partial<Facets> = {}): string[] {
  const afterSale = caseAfter(reported(0, aRefundRequest(overrides)))
  return textStaysInside({ afterSale, action, facts: {}, terms: plainTerms, now: NOON }).map(
    (o) => `${o.rule} ${o.type === 'refused' ? `no: ${o.reason}` : `careful: ${o.warning}`}`,
  )
}

describe('R127: no action leads a buyer off the platform', () => {
  const forbiddenText = '加微信 13812345678'
  const actionsWithText: Partial<Record<ActionName, Action>> = {
    'approve-return': { name: 'approve-return', addressId: '1', note: forbiddenText },
    'approve-refund': { name: 'approve-refund', note: forbiddenText },
    reject: { ...(sampleActions.reject as Extract<Action, { name: 'reject' }>), explanation: forbiddenText },
    'propose-amount': { name: 'propose-amount', amount: 1, text: forbiddenText },
    'send-small-payment': { name: 'send-small-payment', amount: 1, text: forbiddenText },
    negotiate: { name: 'negotiate', plan: forbiddenText, text: '', evidence: [] },
  }
  it.each(Object.values(actionsWithText))('$name is refused', (action) => {
    expect(objectionsTo(action)).toEqual(['R127 no: TextNotAllowed'])
  })

  it.each(['submit-evidence', 'answer-work-order', 'request-intervention'] as const)(
    '%s may quote a buyer, once a person has confirmed it',
    (name) => {
      expect(objectionsTo({ name, text: `买家写道：${forbiddenText}`, evidence: [] })).toEqual([
        'R127 careful: TextNamesOutside',
      ])
    },
  )

  it('an appeal may quote a buyer, too', () => {
    const items = [
      { kind: 'liability', text: '' },
      { kind: 'other', text: forbiddenText },
    ] as const
    expect(objectionsTo({ name: 'appeal', items, evidence: [] })).toEqual(['R127 careful: TextNamesOutside'])
  })

  it('a remark is not checked, since only we read it', () =>
    expect(objectionsTo({ name: 'add-remark', text: forbiddenText })).toEqual([]))

  it('the numbers of the case and its parcels are no contact numbers', () => {
    const overrides = {
      goods: { stage: 'returning', parcels: [{ direction: 'back', tracking: '13912345678' }] },
    } as const
    const note = `售后${anyIdentity.caseNumber}的包裹13912345678已收到`
    expect(objectionsTo({ name: 'approve-refund', note }, overrides)).toEqual([])
  })
})
