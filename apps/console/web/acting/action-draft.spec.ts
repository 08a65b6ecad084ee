import 'reflect-metadata'
import { ACTIONS } from '#after-sale'
import { plainToInstance } from 'class-transformer'
import { validateSync } from 'class-validator'
import { ActOnCaseRequest } from '../../src/actions/act.request'
import type { ActionName } from '../api/schema'
import type { ActionDraft } from './action-draft'
import { amountTyped, emptyDraft, missingFields, requestedAction } from './action-draft'
import { ACTION_FORMS } from './action-fields'

const names = Object.keys(ACTIONS) as ActionName[]
const empty = emptyDraft({ carrier: '', tracking: '' })
const filled: ActionDraft = {
  addressId: ' 900 ',
  yuan: '12.5',
  appealKind: 'freight',
  evidence: [{ hash: 'a'.repeat(64), kind: 'image' }],
  explanation: '出库前检查完好',
  fit: false,
  note: '已同意',
  plan: '退一半',
  reason: '商品无质量问题',
  reasonCode: '1',
  sendBack: true,
  carrier: 'SF',
  tracking: 'SF1234567890',
  text: '建议退款',
  facts: { chatExists: true },
}

/** What the API's own validation says of an action. */
const errorsOf = (action: object): readonly object[] =>
  validateSync(plainToInstance(ActOnCaseRequest, { action, judged: '2026-11-22T04:00:00Z', facts: filled.facts }), {
    whitelist: true,
    forbidNonWhitelisted: true,
  })

describe('the form of an action', () => {
  it.each(names)('%s, completely filled in, is a request that the API accepts', (name) => {
    expect(missingFields(name, filled)).toEqual([])
    expect(errorsOf(requestedAction(name, filled))).toEqual([])
  })

  it.each(names)('%s, with only what is required, is a request that the API accepts', (name) => {
    const optional = ACTION_FORMS[name].optional ?? []
    const cleared = optional.map((field) =>
      field === 'shipment' ? { carrier: '', tracking: '' } : { [field]: empty[field as keyof ActionDraft] },
    )
    const draft = Object.assign({}, filled, ...cleared) as ActionDraft
    expect(missingFields(name, draft)).toEqual([])
    expect(errorsOf(requestedAction(name, draft))).toEqual([])
  })

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
