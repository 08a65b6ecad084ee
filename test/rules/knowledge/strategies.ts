import type { RuleId } from '#after-sale'
import type { Knowledge } from './knowledge-entry'

/** What merchants ask about automatic handling at the marketplace itself that no call reports. */
export const KNOWLEDGE_OF_STRATEGIES = {
  R156: {
    title: { zh: '极速退助手的旧入口', en: 'The old way to the speed refund' },
    text: {
      zh: '原“售后 – 极速退助手”入口已下线，请在“店铺 – 权益中心 – 发货后极速退款”开启或关闭。',
      en: 'The speed-refund assistant under After-sale is gone; switch the service under Store – Rights centre – Fast refund after shipment.',
    },
  },
  R159: {
    title: { zh: '平台自己的售后小助手', en: 'The marketplace’s own assistant' },
    text: {
      zh: '平台侧策略在“售后 – 售后小助手 – 创建策略”配置，没有接口可以读取或切换；网关从售后单的标记识别它已处理的售后。',
      en: 'Its strategies are made under After-sale – After-sale assistant – Create strategy; no call reads or switches them. What it has decided is recognised by the marks of a case.',
    },
  },
} as const satisfies Readonly<Partial<Record<RuleId, Knowledge>>>
