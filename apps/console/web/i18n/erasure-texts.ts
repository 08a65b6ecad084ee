/** The words of `t('erasure.…')`: the erasure of a buyer. */
export const erasureTexts = {
  erasure: {
    button: { zh: '清除', en: 'Erase' },
    title: { zh: '清除买家信息', en: 'Erase the buyer’s data' },
    lead: {
      zh: '清除后无法恢复。会清除买家的姓名、电话，以及下列售后单的原始消息、凭证和备注内容。',
      en: 'It cannot be undone. Name and phone go, and of the cases below the raw messages, the evidence and the texts of notes.',
    },
    counts: {
      zh: '{{cases}} 个售后单，{{messages}} 条消息，{{pieces}} 份凭证，{{notes}} 条备注',
      en: '{{cases}} cases, {{messages}} messages, {{pieces}} pieces of evidence, {{notes}} notes',
    },
    same: {
      zh: '所有店铺中使用同一电话号码的售后单。只有姓名、没有完整号码时，仅限这一单。',
      en: 'All cases with the same phone number, in every store. Without a whole number it is this case only.',
    },
    open: { zh: '未结束', en: 'open' },
    busy: { zh: '有未完成的操作', en: 'an action is not settled' },
    more: { zh: '以及另外 {{n}} 个', en: 'and {{n}} more' },
    stays: {
      zh: '会保留：订单号、运单号、金额、时间和处理记录（交易记录至少保存三年），统计数据不变。',
      en: 'What stays: order and tracking numbers, amounts, times and what was done (trade records are kept at least three years). Figures do not change.',
    },
    notReached: {
      zh: '清除不到：此前的备份、平台自己保存的信息、从未识别出售后单的消息，以及买家以后的新售后单。',
      en: 'What it does not reach: earlier backups, what the marketplace keeps, messages that name no case, and new cases of this buyer.',
    },
    reason: { zh: '为什么清除', en: 'Why it is erased' },
    withOpen: {
      zh: '也清除未结束的售后单，它们的凭证会丢失',
      en: 'Erase open cases, too: their evidence is lost',
    },
    typed: { zh: '输入售后单号 {{n}} 以确认', en: 'Type the case number {{n}} to confirm' },
    submit: { zh: '清除', en: 'Erase' },
    settleFirst: {
      zh: '请先完成或撤回标有“有未完成的操作”的售后单。',
      en: 'Settle or withdraw the actions of the marked cases first.',
    },
    nothing: { zh: '没有可清除的内容。', en: 'There is nothing to erase.' },
    close: { zh: '关闭', en: 'Close' },
    working: { zh: '正在清除', en: 'Being erased' },
    done: { zh: '已清除', en: 'Erased' },
    requestedBy: { zh: '{{by}} 于 {{at}} 要求', en: 'Requested by {{by}} at {{at}}' },
    byRetention: { zh: '保存期已满，{{at}} 开始', en: 'Its retention ended; begun at {{at}}' },
    doneAt: { zh: '{{at}} 完成', en: 'Finished at {{at}}' },
    progress: {
      zh: '已清除 {{erased}} / {{cases}} 个售后单，{{messages}} 条消息，{{pieces}} 份凭证，{{notes}} 条备注',
      en: '{{erased}} of {{cases}} cases, {{messages}} messages, {{pieces}} pieces of evidence, {{notes}} notes',
    },
    leaving: {
      zh: '可以离开此页，清除会在后台继续。',
      en: 'You may leave this page: it goes on without it.',
    },
    waitsFor: {
      zh: '以下售后单暂时不能清除，条件满足后自动继续：',
      en: 'These cases hold it up; it goes on by itself once they no longer do:',
    },
  },
} as const
