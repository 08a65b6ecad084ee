import { plainToInstance } from 'class-transformer'
import { validateSync } from 'class-validator'
import type { ActionName } from '#after-sale'
import { ACTIONS } from '#after-sale'
import type { ActionDraft } from '../../web/acting/action-draft'
import { emptyDraft, missingFields, requestedAction } from '../../web/acting/action-draft'
import { ACTION_FORMS } from '../../web/acting/action-fields'
import { ActOnCaseRequest } from './act.request'

const ACTION_NAMES = Object.keys(ACTIONS) as ActionName[]
const EMPTY_DRAFT = emptyDraft({ carrier: '', tracking: '' })
const FILLED_DRAFT: ActionDraft = {
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
  validateSync(
    plainToInstance(ActOnCaseRequest, { action, judged: '2026-11-22T04:00:00Z', facts: FILLED_DRAFT.facts }),
    {
      whitelist: true,
      forbidNonWhitelisted: true,
    },
  )

describe("the page's form of an action", () => {
  it.each(ACTION_NAMES)('%s, completely filled in, is a request that the API accepts', (name) => {
    expect(missingFields(name, FILLED_DRAFT)).toEqual([])
    expect(errorsOf(requestedAction(name, FILLED_DRAFT))).toEqual([])
  })

  it.each(ACTION_NAMES)('%s, with only what is required, is a request that the API accepts', (name) => {
    const optional = ACTION_FORMS[name].optional ?? []
    const cleared = optional.map((field) =>
      field === 'shipment' ? { carrier: '', tracking: '' } : { [field]: EMPTY_DRAFT[field as keyof ActionDraft] },
    )
    const draft = Object.assign({}, FILLED_DRAFT, ...cleared) as ActionDraft
    expect(missingFields(name, draft)).toEqual([])
    expect(errorsOf(requestedAction(name, draft))).toEqual([])
  })

  it('is refused by the API with a field that the action does not have', () => {
    expect(errorsOf({ ...requestedAction('approve-refund', FILLED_DRAFT), amount: 1 })).not.toEqual([])
  })
})
