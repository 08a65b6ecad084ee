/** The words of `t('timeline.…')`. */
export const timelineTexts = {
  timeline: {
    title: { zh: '时间线', en: 'Timeline' },
    newest: { zh: '最新在上', en: 'newest first' },
    more: { zh: '更早的事件', en: 'Earlier events' },
    empty: { zh: '还没有事件', en: 'No events yet' },
    recorded: { zh: '记录于 {{at}}', en: 'recorded {{at}}' },
    late: { zh: '晚到 {{span}}', en: '{{span}} late' },
    raw: { zh: '原始消息', en: 'Raw message' },
    hideRaw: { zh: '收起原始消息', en: 'Hide raw message' },
    noMessage: { zh: '无对应消息（由本系统推导）', en: 'no message behind it (derived here)' },
    version: { zh: '第 {{n}} 版', en: 'version {{n}}' },
  },
} as const
