import type { ActionName, Term } from '#after-sale'
import type { ActionOrder, Assistance } from '../contract'
import { assistanceOf } from '../contract'
import { manifest } from './manifest'

/** The step in Pinduoduo's back office, by action; the names of buttons are those that the platform's rules quote. */
const STEPS_BY_ACTION: Readonly<Partial<Record<ActionName, Term>>> = {
  'approve-exchange': {
    zh: '点击「同意换货」,确认退货地址',
    en: 'Press "agree to exchange" and confirm the return address',
  },
  'approve-resend': { zh: '点击「同意补寄」', en: 'Press "agree to resend"' },
  'approve-repair': { zh: '点击「同意维修」', en: 'Press "agree to repair"' },
  reject: {
    zh: '点击「驳回」,选择原因;协商未满两轮时先发起协商(R048–R056)',
    en: 'Press "reject" and choose the reason; negotiate first where two rounds are not over (R048–R056)',
  },
  'turn-into-refund': { zh: '点击「同意退款」并选择无需退货', en: 'Press "agree to refund", without the goods back' },
  'propose-amount': {
    zh: '与买家协商,请买家修改退款金额后重新提交',
    en: 'Agree with the buyer, who changes the amount and submits again',
  },
  intercept: { zh: '点击「快递拦截」(R001)', en: 'Press "courier interception" (R001)' },
  'approve-refusal': {
    zh: '先联系买家说明拒收方法,再点击「同意拒收后退款」(R005–R008)',
    en: 'Contact the buyer and explain how to refuse, then press "agree to refund after refusal" (R005–R008)',
  },
  'send-small-payment': { zh: '输入订单号,选择打款类型', en: 'Enter the order number and choose the kind of payment' },
  negotiate: {
    zh: '点击「驳回协商」,选择方案(R048)',
    en: 'Press "negotiate before rejecting", choose a proposal (R048)',
  },
  'submit-evidence': { zh: '点击「举证」', en: 'Press "give evidence"' },
  'answer-work-order': { zh: '打开工单并回复', en: 'Open the work order and answer it' },
  'request-intervention': { zh: '点击「申请平台介入」(R140)', en: 'Press "apply for platform intervention" (R140)' },
  appeal: { zh: '点击「申诉」,逐项填写', en: 'Press "appeal" and fill in each item' },
  'withdraw-appeal': { zh: '在申诉记录中撤销(R083)', en: 'Withdraw it in the list of appeals (R083)' },
  'extend-time': { zh: '点击「延长收货时间」', en: 'Press "extend the time"' },
  'add-remark': { zh: '点击「添加备注」', en: 'Press "add a remark"' },
}

const DEFAULT_STEP: Term = { zh: '按页面提示操作', en: 'Do as the page asks' }

export const assist = (order: ActionOrder): Assistance | undefined =>
  assistanceOf(order, manifest[order.action.name], STEPS_BY_ACTION[order.action.name] ?? DEFAULT_STEP)
