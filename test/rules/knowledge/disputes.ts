import type { Knowledge } from './knowledge-entry'

/** Where disputes, interventions and appeals are pursued in the marketplace's back office, and what to keep in mind there. */
export const KNOWLEDGE_OF_DISPUTES = {
  R032: {
    title: { zh: '官方客服入口', en: 'Where the official service is' },
    text: {
      zh: '买家在“个人中心 – 官方客服”提交凭证；商家不回复的聊天记录会被作为凭证，因此每条消息都要及时回复。',
      en: 'Buyers bring evidence under Personal centre – Official service; a chat that the merchant never answered is such evidence, so answer every one.',
    },
  },
  R042: {
    title: { zh: '平台客服热线', en: 'The platform’s telephone' },
    text: {
      zh: '平台售后热线：021-53395288、400-8822-528；号码以平台公布为准。',
      en: 'After-sale service of the platform: 021-53395288 and 400-8822-528; what the platform publishes counts.',
    },
  },
  R059: {
    title: { zh: '遇到恶意买家', en: 'Buyers in bad faith' },
    text: {
      zh: '恶意差评、白嫖、同行恶意投诉时，不要因担心降权而直接退款；保留凭证，申请平台介入或申诉。',
      en: 'Bad reviews as a threat, free-riders, false complaints of competitors: do not simply refund for fear of the ranking; keep the evidence, ask the platform to step in, or appeal.',
    },
  },
  R060: {
    title: { zh: '商家维权', en: 'The merchant’s own rights' },
    text: {
      zh: '商家可以找官方客服维权，但不如消费者维权容易；凭证齐全再提交，失败会占用申诉次数。',
      en: 'Merchants can turn to the official service, too, though less easily than buyers; go with complete evidence, for a failure uses up a slot.',
    },
  },
  R081: {
    title: { zh: '维权申诉入口', en: 'Where to appeal' },
    text: {
      zh: '订单售后详情页 – 售后状态 – 维权申诉。',
      en: 'The order’s after-sale detail – After-sale status – Rights appeal.',
    },
  },
  R139: {
    title: { zh: '申请平台介入：第一步', en: 'Asking the platform to step in: first step' },
    text: {
      zh: '商家后台 – 订单管理 – 对应订单 – 售后管理。',
      en: 'Back office – Order management – the order – After-sale management.',
    },
  },
  R140: {
    title: { zh: '申请平台介入：第二步', en: 'Asking the platform to step in: second step' },
    text: {
      zh: '在售后详情选择对应售后单，点击“申请平台介入”，再填写说明并上传物流单号、图片、视频。',
      en: 'Choose the case in the after-sale detail and press “Apply for platform intervention”; then describe it and upload tracking number, pictures and videos.',
    },
  },
  R145: {
    title: { zh: '双方都要守规则', en: 'The rules bind both sides' },
    text: {
      zh: '申请介入时凭证须真实；商家不得虚假退换货、不得故意损坏商品，否则按平台规则处理。',
      en: 'Evidence must be true; merchants, too, must not feign returns or damage goods on purpose, or the platform’s rules turn against them.',
    },
  },
} satisfies Readonly<Partial<Record<string, Knowledge>>>
