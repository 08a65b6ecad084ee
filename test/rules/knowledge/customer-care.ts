import type { RuleId } from '#after-sale'
import type { Knowledge } from './knowledge-entry'

/** How after-sale staff keep a case from becoming a dispute. */
export const KNOWLEDGE_OF_CARE = {
  R091: {
    title: { zh: '退货单号有误', en: 'A wrong return tracking number' },
    text: {
      zh: '退货订单先看买家备注；买家不会填或填错快递单号时，主动联系平台客服协助，不要等超时。',
      en: 'Read the buyer’s remark first; if the buyer cannot enter the number, or entered a wrong one, ask the platform’s service early.',
    },
  },
  R092: {
    title: { zh: '少在售后单里回复', en: 'Answer in the chat' },
    text: {
      zh: '不要在售后单中反复回复，买家在聊天中看消息的体验更好。',
      en: 'Do not write back and forth in the application; buyers read the chat.',
    },
  },
  R097: {
    title: { zh: '描述属实，不空口承诺', en: 'Describe truly, promise nothing empty' },
    text: {
      zh: '商品描述要属实，客服不要答应做不到的事；承诺过的要记在备注里。',
      en: 'Describe goods as they are and promise only what is kept; put every promise into the remark of the case.',
    },
  },
  R101: {
    title: { zh: '选择快递', en: 'The choice of carrier' },
    text: {
      zh: '快递太慢或常丢件会带来售后；比较各快递的售后占比再决定，不要只看运费。',
      en: 'A slow or careless carrier causes after-sale cases; compare carriers by their share of cases, not by price alone.',
    },
  },
  R118: {
    title: { zh: '七天无理由', en: 'Seven days without reason' },
    text: {
      zh: '平台适用七天无理由退换货；在期限内不要因为没有理由而拒绝。',
      en: 'Goods may be returned or exchanged within seven days without reason; a missing reason is no ground to refuse.',
    },
  },
  R121: {
    title: { zh: '商家承担退货运费', en: 'The merchant bears the return freight' },
    text: {
      zh: '质量问题退款时，售后详情会另外提示由商家承担退货运费；请核对运费是否需要退还。',
      en: 'On a quality refund the detail page adds that the merchant bears the return freight: check whether it is to be refunded.',
    },
  },
} as const satisfies Readonly<Partial<Record<RuleId, Knowledge>>>
