import type { Metric } from '../metric'

const FIRST_VERSION = { version: 1, since: '2026-11-30' } as const

export const APPEAL_METRICS = {
  appeals_decided: {
    type: 'simple',
    measure: 'appeals_decided',
    unit: 'count',
    label: { zh: '已判申诉项', en: 'Appeals decided' },
    description: {
      zh: '已判的申诉项，按判定日计',
      en: 'Items of appeals that were decided, by the day of the decision',
    },
    rules: ['R084'],
    source: 'rule',
    ...FIRST_VERSION,
  },
  appeal_win_rate: {
    type: 'ratio',
    numerator: 'appeals_won',
    denominator: 'appeals_decided',
    unit: 'share',
    label: { zh: '申诉成功率', en: 'Appeal win rate' },
    description: {
      zh: '已判申诉项中成功的占比，部分成功视为成功',
      en: 'Share of decided items that were won; a partial win counts as won',
    },
    rules: ['R067', 'R070', 'R084'],
    exclusions: ['R083'],
    source: 'rule',
    ...FIRST_VERSION,
  },
  recovered_fen: {
    type: 'simple',
    measure: 'recovered_fen',
    unknown: 'recovered_unknown',
    unit: 'fen',
    label: { zh: '申诉追回金额', en: 'Money recovered' },
    description: {
      zh: '货款、运费与其他申诉追回的金额，按判定日计',
      en: 'Recovered by appeals for goods, freight and other, by the day of the decision',
    },
    rules: ['R070'],
    exclusions: ['R068'],
    source: 'rule',
    ...FIRST_VERSION,
  },
} as const satisfies Readonly<Record<string, Metric>>
