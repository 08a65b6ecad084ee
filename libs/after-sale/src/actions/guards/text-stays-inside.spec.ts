import { sampleActions, plainTerms } from '../../../../../test/support/action-commands'
import { NOON, aRefundRequest, anyIdentity, caseAfter, reported } from '../../../../../test/support/cases'
import type { Facets } from '../../facets'
import type { Action } from '../action'
import type { ActionName } from '../action-names'
import { textStaysInside } from './text-stays-inside'

function against(action: Action, over: Partial<Facets> = {}): string[] {
  const afterSale = caseAfter(reported(0, aRefundRequest(over)))
  return textStaysInside({ afterSale, action, facts: {}, terms: plainTerms, now: NOON }).map(
    (o) => `${o.rule} ${o.type === 'refused' ? `no: ${o.reason}` : `careful: ${o.warning}`}`,
  )
}

describe('R127: no action leads a buyer off the platform', () => {
  const bad = '加微信 13812345678'
  const spoken: Partial<Record<ActionName, Action>> = {
    'approve-return': { name: 'approve-return', addressId: '1', note: bad },
    'approve-refund': { name: 'approve-refund', note: bad },
    reject: { ...(sampleActions.reject as Extract<Action, { name: 'reject' }>), explanation: bad },
    'propose-amount': { name: 'propose-amount', amount: 1, text: bad },
    'send-small-payment': { name: 'send-small-payment', amount: 1, text: bad },
    negotiate: { name: 'negotiate', plan: bad, text: '', evidence: [] },
  }
  it.each(Object.values(spoken))('$name is refused', (action) => {
    expect(against(action)).toEqual(['R127 no: TextNotAllowed'])
  })

  it.each(['submit-evidence', 'answer-work-order', 'request-intervention'] as const)(
    '%s may quote a buyer, once a person has confirmed it',
    (name) => {
      expect(against({ name, text: `买家写道：${bad}`, evidence: [] })).toEqual(['R127 careful: TextNamesOutside'])
    },
  )

  it('an appeal may, too', () => {
    const items = [
      { kind: 'liability', text: '' },
      { kind: 'other', text: bad },
    ] as const
    expect(against({ name: 'appeal', items, evidence: [] })).toEqual(['R127 careful: TextNamesOutside'])
  })

  it('a remark is not read outside', () => expect(against({ name: 'add-remark', text: bad })).toEqual([]))

  it('the numbers of the case and its parcels are no contact', () => {
    const over = { goods: { stage: 'returning', parcels: [{ direction: 'back', tracking: '13912345678' }] } } as const
    const note = `售后${anyIdentity.caseNumber}的包裹13912345678已收到`
    expect(against({ name: 'approve-refund', note }, over)).toEqual([])
  })
})
