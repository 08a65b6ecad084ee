import type { ActionName } from '../api/schema'
import type { ActionDraft } from './action-draft'
import { amountTyped, emptyDraft, missingFields } from './action-draft'
import { ACTION_FORMS } from './action-fields'

const names = Object.keys(ACTION_FORMS) as ActionName[]
const empty = emptyDraft({ carrier: '', tracking: '' })
const filled: ActionDraft = {
  ...empty,
  yuan: '12.5',
  carrier: 'SF',
  tracking: 'SF1234567890',
  text: '建议退款',
  fit: true,
}

describe('the form of an action', () => {
  it.each(names)('%s, empty, lacks what it requires', (name) => {
    const { fields, optional = [] } = ACTION_FORMS[name]
    const required = fields.filter((field) => !optional.includes(field) && field !== 'appeal')
    expect(missingFields(name, empty)).toEqual(required)
  })

  it.each([
    ['0', ['amount']],
    ['-1', ['amount']],
    ['1.234', ['amount']],
    ['一百', ['amount']],
    ['1,234.05', []],
    ['¥30', []],
  ])('an amount of %s yuan lacks %j', (yuan, missing) => {
    expect(missingFields('send-small-payment', { ...filled, yuan })).toEqual(missing)
  })

  it('has an amount in fen only where the action has one', () => {
    expect([amountTyped('send-small-payment', filled), amountTyped('approve-refund', filled)]).toEqual([
      1250,
      undefined,
    ])
  })

  it('does not send a half-filled shipment', () => {
    expect(missingFields('confirm-receipt', { ...filled, carrier: '' })).toEqual(['shipment'])
    expect(missingFields('intercept', { ...filled, tracking: '空' })).toEqual(['shipment'])
  })
})
