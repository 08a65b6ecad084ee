/** The words of `t('raw.…')`. */
export const rawTexts = {
  raw: {
    nested: { zh: '⟪ ⟫ 为字符串中的 JSON', en: '⟪ ⟫ JSON inside a string' },
    channel: { zh: '通道', en: 'Channel' },
    received: { zh: '收到', en: 'Received' },
    bytes: { zh: '{{n}} 字节', en: '{{n}} bytes' },
    notJson: { zh: '不是 JSON，按原文显示', en: 'not JSON, shown as received' },
    pretty: { zh: '排版', en: 'Laid out' },
    asReceived: { zh: '原文', en: 'As received' },
  },
} as const
