import type { ActionName, Term } from '#after-sale'
import type { ActionOrder, Assistance } from '../contract'
import { assistanceOf } from '../contract'
import { manifest } from './manifest'

/** The step in Douyin's back office, by action. */
const STEPS_BY_ACTION: Readonly<Partial<Record<ActionName, Term>>> = {
  'propose-amount': {
    zh: '点击「协商」,填写新的退款金额,等待买家修改申请',
    en: 'Press "negotiate", enter the new amount, and wait for the buyer to change the application',
  },
  'send-small-payment': { zh: '点击「小额打款」', en: 'Press "small payment"' },
  negotiate: { zh: '点击「协商」,选择协商方案', en: 'Press "negotiate" and choose a proposal' },
  'answer-work-order': { zh: '在工单中回复', en: 'Answer in the work order' },
  appeal: { zh: '点击「申诉」,选择申诉类型', en: 'Press "appeal" and choose its kind' },
  'withdraw-appeal': { zh: '在申诉记录中撤销申诉', en: 'Withdraw the appeal in the list of appeals' },
}

const DEFAULT_STEP: Term = { zh: '按页面提示操作', en: 'Do as the page asks' }

export const assist = (order: ActionOrder): Assistance | undefined =>
  assistanceOf(order, manifest[order.action.name], STEPS_BY_ACTION[order.action.name] ?? DEFAULT_STEP)
