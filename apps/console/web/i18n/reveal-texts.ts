/** The words of `t('reveal.…')`. */
export const revealTexts = {
  reveal: {
    button: { zh: '查看', en: 'Reveal' },
    title: { zh: '查看买家信息', en: 'See the buyer’s data' },
    lead: {
      zh: '请选择原因。每次查看都会写入审计记录，每人每天次数有限。',
      en: 'Choose why. Each time is recorded in the audit, and a person may do it a limited number of times a day.',
    },
    what: { zh: '查看内容', en: 'What to see' },
    phone: { zh: '电话', en: 'Phone' },
    name: { zh: '姓名', en: 'Name' },
    reason: { zh: '为什么需要查看', en: 'Why it is needed' },
    show: { zh: '查看', en: 'Reveal' },
    close: { zh: '关闭', en: 'Close' },
    left: {
      zh: '今天还可查看 {{n}} 次。关闭后恢复隐藏。',
      en: '{{n}} more today. It is masked again once you close this.',
    },
  },
} as const
