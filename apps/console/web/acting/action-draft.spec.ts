import type { ActionName } from '../api/schema'
import type { ActionDraft } from './action-draft'
import { amountTyped, emptyDraft, missingFields } from './action-draft'
import { ACTION_FORMS } from './action-fields'

const ACTION_NAMES = Object.keys(ACTION_FORMS) as ActionName[]
const EMPTY_DRAFT = emptyDraft({ carrier: '', tracking: '' })
const FILLED_DRAFT: ActionDraft = {
  ...EMPTY_DRAFT,
  yuan: '12.5',
  carrier: 'SF',
  tracking: 'SF1234567890',
  text: '建议退款',
  fit: true,
}

describe('the draft of an action', () => {
  it.each(ACTION_NAMES)('of %s, while it is empty, lacks every required field', (name) => {
    const { fields, optional = [] } = ACTION_FORMS[name]
    const required = fields.filter((field) => !optional.includes(field) && field !== 'appeal')
    expect(missingFields(name, EMPTY_DRAFT)).toEqual(required)
  })

  it.each([
    ['0', ['amount']],
    ['-1', ['amount']],
    ['1.234', ['amount']],
    ['一百', ['amount']],
    ['1,234.05', []],
    ['¥30', []],
  ])('with the amount %s lacks the fields %j', (yuan, missing) => {
    expect(missingFields('send-small-payment', { ...FILLED_DRAFT, yuan })).toEqual(missing)
  })

  it('has an amount in fen only where the action has one', () => {
    expect([amountTyped('send-small-payment', FILLED_DRAFT), amountTyped('approve-refund', FILLED_DRAFT)]).toEqual([
      1250,
      undefined,
    ])
  })

  it('lacks the shipment if only one half of it is filled in, or wrong', () => {
    expect(missingFields('confirm-receipt', { ...FILLED_DRAFT, carrier: '' })).toEqual(['shipment'])
    expect(missingFields('intercept', { ...FILLED_DRAFT, tracking: '空' })).toEqual(['shipment'])
  })
})
