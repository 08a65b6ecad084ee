/** The words of `t('shownOnce.…')`. */
export const shownOnceTexts = {
  shownOnce: {
    warning: { zh: '只显示这一次', en: 'Shown only this once' },
    warningText: { zh: '关闭后无法再次查看，请现在保存。', en: 'Once closed it cannot be shown again. Save it now.' },
    copy: { zh: '复制', en: 'Copy' },
    done: { zh: '我已保存', en: 'I have saved it' },
  },
} as const
