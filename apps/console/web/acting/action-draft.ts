import type { ActionName, ActOnCaseRequest, AppealKind, EvidenceReferenceRequest } from '../api/schema'
import { withoutUndefined } from '../api/without-undefined'
import { fenOfYuan } from '../components/yuan'
import type { ActionField, StatedFact } from './action-fields'
import { ACTION_FORMS } from './action-fields'

/** What a person has typed into the form of an action. Amounts as typed, in yuan. */
export interface ActionDraft {
  readonly addressId: string
  readonly yuan: string
  readonly appealKind: AppealKind
  readonly evidence: readonly EvidenceReferenceRequest[]
  readonly explanation: string
  readonly fit: boolean | undefined
  readonly note: string
  readonly plan: string
  readonly reason: string
  readonly reasonCode: string
  readonly sendBack: boolean | undefined
  readonly carrier: string
  readonly tracking: string
  readonly text: string
  readonly facts: Readonly<Partial<Record<StatedFact, boolean>>>
}

export const emptyDraft = (shipment: { readonly carrier: string; readonly tracking: string }): ActionDraft => ({
  addressId: '',
  yuan: '',
  appealKind: 'liability',
  evidence: [],
  explanation: '',
  fit: undefined,
  note: '',
  plan: '',
  reason: '',
  reasonCode: '',
  sendBack: undefined,
  ...shipment,
  text: '',
  facts: {},
})

const TRACKING = /^[\w-]{4,60}$/
const isBlank = (text: string): boolean => text.trim() === ''

/** Whether a field has what the server accepts. A liability appeal claims no money; every other one an amount. */
const IS_FILLED: Readonly<Record<ActionField, (draft: ActionDraft) => boolean>> = {
  addressId: ({ addressId }) => /^\w{1,40}$/.test(addressId.trim()),
  amount: ({ yuan }) => (fenOfYuan(yuan) ?? 0) > 0,
  appeal: ({ appealKind, yuan }) => appealKind === 'liability' || (fenOfYuan(yuan) ?? 0) > 0,
  evidence: ({ evidence }) => evidence.length > 0,
  explanation: ({ explanation }) => !isBlank(explanation),
  fit: ({ fit }) => fit !== undefined,
  note: ({ note }) => !isBlank(note),
  plan: ({ plan }) => !isBlank(plan),
  reason: ({ reason }) => !isBlank(reason),
  reasonCode: ({ reasonCode }) => /^\w{1,40}$/.test(reasonCode.trim()),
  sendBack: ({ sendBack }) => sendBack !== undefined,
  shipment: ({ carrier, tracking }) => !isBlank(carrier) && TRACKING.test(tracking.trim()),
  text: ({ text }) => !isBlank(text),
}

const IS_EMPTY: Readonly<Partial<Record<ActionField, (draft: ActionDraft) => boolean>>> = {
  addressId: ({ addressId }) => isBlank(addressId),
  evidence: ({ evidence }) => evidence.length === 0,
  note: ({ note }) => isBlank(note),
  reasonCode: ({ reasonCode }) => isBlank(reasonCode),
  shipment: ({ carrier, tracking }) => isBlank(carrier) && isBlank(tracking),
  text: ({ text }) => isBlank(text),
}

/** The fields that still keep the form from being sent. */
export function missingFields(name: ActionName, draft: ActionDraft): readonly ActionField[] {
  const { fields, optional = [] } = ACTION_FORMS[name]
  return fields.filter((field) => {
    const mayStayEmpty = optional.includes(field) && IS_EMPTY[field]?.(draft) === true
    return !mayStayEmpty && !IS_FILLED[field](draft)
  })
}

/** The amount that the person typed, where the action has one; fen. */
export const amountTyped = (name: ActionName, { yuan }: ActionDraft): number | undefined =>
  ACTION_FORMS[name].fields.includes('amount') ? fenOfYuan(yuan) : undefined

type RequestedAction = ActOnCaseRequest['action']

/** The action as the API takes it. Call it where no field is missing. */
export function requestedAction(name: ActionName, draft: ActionDraft): RequestedAction {
  const optionalText = (text: string): string | undefined => (isBlank(text) ? undefined : text.trim())
  const { text, plan, reason, explanation } = draft
  const evidence = [...draft.evidence]
  const amount = fenOfYuan(draft.yuan) ?? 0
  const addressId = optionalText(draft.addressId)
  const note = optionalText(draft.note)
  const shipment = { carrier: draft.carrier.trim(), tracking: draft.tracking.trim() }
  const givenShipment = isBlank(draft.carrier) && isBlank(draft.tracking) ? undefined : shipment
  switch (name) {
    case 'approve-return':
      return { name, ...withoutUndefined({ addressId, note }) }
    case 'approve-refund':
      return { name, ...withoutUndefined({ note }) }
    case 'approve-exchange':
      return { name, ...withoutUndefined({ addressId }) }
    case 'approve-repair':
      return { name, sendBack: draft.sendBack ?? false, ...withoutUndefined({ addressId }) }
    case 'ship-exchange':
    case 'intercept':
      return { name, shipment }
    case 'reject':
      return {
        name,
        reason,
        explanation,
        evidence,
        ...withoutUndefined({ reasonCode: optionalText(draft.reasonCode) }),
      }
    case 'propose-amount':
    case 'send-small-payment':
      return { name, amount, text }
    case 'negotiate':
      return { name, plan, text, evidence }
    case 'submit-evidence':
    case 'answer-work-order':
    case 'request-intervention':
      return { name, text, evidence }
    case 'appeal':
      return { name, evidence, items: [appealItem(draft, amount)] }
    case 'confirm-receipt':
      return { name, fit: draft.fit ?? false, ...withoutUndefined({ shipment: givenShipment }) }
    case 'add-remark':
      return { name, text }
    case 'approve-resend':
    case 'approve-refusal':
    case 'turn-into-refund':
    case 'withdraw-appeal':
    case 'extend-time':
    case 'cancel-sending':
      return { name }
  }
}

const appealItem = ({ appealKind, text }: ActionDraft, amount: number) =>
  appealKind === 'liability' ? { kind: appealKind, text } : { kind: appealKind, text, amount }
