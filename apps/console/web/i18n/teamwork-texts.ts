/** The words of working together on cases. */
export const teamworkTexts = {
  teamwork: {
    title: { zh: '协作', en: 'Together' },
    internal: { zh: '仅同事可见，不会发给平台', en: 'for colleagues only, never sent to the marketplace' },
    assignee: { zh: '负责人', en: 'Assignee' },
    unassigned: { zh: '还没有人负责', en: 'Unassigned' },
    mine: { zh: '由我负责', en: 'You have this case' },
    by: { zh: '{{name}} 转交', en: 'passed on by {{name}}' },
    claim: { zh: '由我负责', en: 'Take it' },
    takeOver: { zh: '改由我负责', en: 'Take it over' },
    release: { zh: '放回', en: 'Give it back' },
    passOn: { zh: '转交同事', en: 'Pass it on' },
    passOnLead: {
      zh: '其他人仍可操作。附言会成为这个售后单的内部备注。',
      en: 'Others can still act. What you write becomes an internal note of the case.',
    },
    colleague: { zh: '同事', en: 'Colleague' },
    noteForColleague: { zh: '给同事的附言（可不填）', en: 'A note for the colleague (optional)' },
    note: { zh: '内部备注', en: 'Internal note' },
    noteHint: { zh: '内部备注，仅同事可见，不会发给平台', en: 'Internal note: colleagues only, never the marketplace' },
    addNote: { zh: '添加备注', en: 'Add the note' },
    erased: { zh: '内容已清除', en: 'The text was erased' },
    looking: { zh: '{{names}} 也在看这个售后单', en: '{{names}} also has this case open' },
    typing: { zh: '{{names}} 正在输入', en: '{{names}} is typing' },
    filterMine: { zh: '我负责的', en: 'Mine' },
    filterNone: { zh: '无人负责', en: 'Unassigned' },
  },
} as const
