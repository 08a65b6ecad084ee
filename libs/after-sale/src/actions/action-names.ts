import type { Term } from '../glossary/vocabulary'

/** Actions that people and strategies may request at a marketplace. */
export type ActionName =
  | 'approve-return'
  | 'approve-refund'
  | 'approve-exchange'
  | 'approve-resend'
  | 'approve-repair'
  | 'ship-exchange'
  | 'reject'
  | 'turn-into-refund'
  | 'propose-amount'
  | 'intercept'
  | 'approve-refusal'
  | 'send-small-payment'
  | 'negotiate'
  | 'submit-evidence'
  | 'answer-work-order'
  | 'request-intervention'
  | 'appeal'
  | 'withdraw-appeal'
  | 'confirm-receipt'
  | 'extend-time'
  | 'add-remark'
  | 'cancel-sending'

/** The name of each action for people. */
export const ACTIONS: Readonly<Record<ActionName, Term>> = {
  'approve-return': { zh: '同意退货', en: 'Agree to the return' },
  'approve-refund': { zh: '同意退款', en: 'Agree to the refund' },
  'approve-exchange': { zh: '同意换货', en: 'Agree to the exchange' },
  'approve-resend': { zh: '同意补寄', en: 'Agree to resend' },
  'approve-repair': { zh: '同意维修', en: 'Agree to repair' },
  'ship-exchange': { zh: '换货/补寄发货', en: 'Ship the replacement' },
  reject: { zh: '驳回', en: 'Reject' },
  'turn-into-refund': { zh: '转为仅退款', en: 'Turn into a refund' },
  'propose-amount': { zh: '协商退款金额', en: 'Propose another amount' },
  intercept: { zh: '快递拦截', en: 'Intercept the parcel' },
  'approve-refusal': { zh: '同意拒收后退款', en: 'Agree to refund on refusal' },
  'send-small-payment': { zh: '小额打款', en: 'Send a small payment' },
  negotiate: { zh: '发起协商', en: 'Negotiate' },
  'submit-evidence': { zh: '提交凭证', en: 'Submit evidence' },
  'answer-work-order': { zh: '回复工单', en: 'Answer the work order' },
  'request-intervention': { zh: '申请平台介入', en: 'Ask the platform to step in' },
  appeal: { zh: '申诉', en: 'Appeal' },
  'withdraw-appeal': { zh: '撤销申诉', en: 'Withdraw the appeal' },
  'confirm-receipt': { zh: '确认收到退货', en: 'Confirm receipt at the warehouse' },
  'extend-time': { zh: '延长收货时间', en: 'Extend the time' },
  'add-remark': { zh: '添加备注', en: 'Add a remark' },
  'cancel-sending': { zh: '取消发货', en: 'Cancel sending' },
}

/**
 * How an action is done at a marketplace. `API`: by a call. `ASSISTED`: no public call; a person does it in the back
 * office with what we prepare. `OBSERVE_ONLY`: done by others, we only observe it. `NONE`: does not exist there; never
 * offered.
 */
export type Way = 'API' | 'ASSISTED' | 'OBSERVE_ONLY' | 'NONE'
