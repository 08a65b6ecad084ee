import type { RuleId } from '#after-sale'
import type { Knowledge } from './knowledge-entry'

/** Where the tools of a back office are and what they are good for. */
export const KNOWLEDGE_OF_TOOLS = {
  R003: {
    title: { zh: '拦截成功后', en: 'After an interception' },
    text: {
      zh: '拦截成功后商品退回商家，物流轨迹会显示退回；请仓库留意入库。',
      en: 'Once caught, the goods come back to the merchant; the trace shows it, and the warehouse should expect them.',
    },
  },
  R004: {
    title: { zh: '拦截与极速退款', en: 'Interception and the speed refund' },
    text: {
      zh: '拦截成功后平台可能立即退款给买家，此时商品还在退回途中，不要再次退款。',
      en: 'The platform may refund the buyer at once while the goods are still coming back: do not refund again.',
    },
  },
  R012: {
    title: { zh: '小额打款入口一', en: 'Small payment: first way in' },
    text: {
      zh: '商家后台 – 售后管理 – 小额打款 – 发起打款。',
      en: 'Back office – After-sale – Small payment – Start a payment.',
    },
  },
  R013: {
    title: { zh: '小额打款入口二', en: 'Small payment: second way in' },
    text: {
      zh: '商家后台 – 客服平台 – 聊天工具栏、订单卡片或订单列表。',
      en: 'Back office – Customer service – the chat’s toolbar, the order card, or the list of orders.',
    },
  },
  R049: {
    title: { zh: '驳回协商入口', en: 'Where to negotiate before rejecting' },
    text: {
      zh: '网页端商家后台的售后详情页，点击“驳回退款”进入协商。',
      en: 'In the web back office, on the after-sale detail page: “Reject” leads to the negotiation.',
    },
  },
  R053: {
    title: { zh: '一直联系不上买家', en: 'A buyer who cannot be reached' },
    text: {
      zh: '等待期间一直未与买家取得联系时，可电话联系；联系方式在平台的售后详情页查看，查看会留痕。',
      en: 'A buyer who does not answer may be phoned; the number is on the platform’s own detail page, and viewing it is logged.',
    },
  },
  R057: {
    title: { zh: '先沟通，再处理', en: 'Talk first, act then' },
    text: {
      zh: '遇到售后诉求时，优先通过在线聊天与买家沟通，了解实际问题后再处理。',
      en: 'Chat with the buyer before anything else; act once it is clear what went wrong.',
    },
  },
  R058: {
    title: { zh: '仅限网页端', en: 'On the web only' },
    text: {
      zh: '驳回协商流程目前只对在网页上处理售后的商家开放，手机端以平台通知为准。',
      en: 'Negotiating before a rejection is open to merchants on the web; for mobile the platform’s notice decides.',
    },
  },
  R133: {
    title: { zh: '运费补贴明细', en: 'Where the freight allowance is shown' },
    text: {
      zh: '补贴金额在商家后台的订单信息页和售后详情页查看，以平台显示为准。',
      en: 'The amount is on the order page and the after-sale detail page of the back office; what it shows counts.',
    },
  },
} as const satisfies Readonly<Partial<Record<RuleId, Knowledge>>>
