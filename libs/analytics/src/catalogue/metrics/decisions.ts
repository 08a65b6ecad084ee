import type { Metric } from '../metric'

const FIRST_VERSION = { version: 1, since: '2026-11-30' } as const

export const DECISION_METRICS = {
  auto_decided_share: {
    type: 'ratio',
    numerator: 'decided_by_strategy',
    denominator: 'decided_by_us',
    unit: 'share',
    label: { zh: '自动决定占比', en: 'Auto-decided share' },
    description: {
      zh: '我方作出决定的售后单中由策略决定的占比，按决定日计',
      en: 'Share of the cases that our side decided which a strategy decided, by the day of the decision',
    },
    rules: ['R147'],
    source: 'ours',
    ...FIRST_VERSION,
  },
  strategy_actions: {
    type: 'simple',
    measure: 'strategy_actions',
    unit: 'count',
    label: { zh: '策略操作数', en: 'Actions of strategies' },
    description: {
      zh: '策略发起的操作，按发起日计',
      en: 'Actions that strategies requested, by the day of the request',
    },
    rules: [],
    source: 'ours',
    ...FIRST_VERSION,
  },
  strategy_effective_share: {
    type: 'ratio',
    numerator: 'strategy_actions_effective',
    denominator: 'strategy_actions',
    unit: 'share',
    label: { zh: '策略操作生效率', en: 'Effective share of strategies' },
    description: {
      zh: '策略操作中平台已受理或已显示的占比',
      en: 'Share of these actions that the marketplace accepted or shows',
    },
    rules: [],
    source: 'ours',
    ...FIRST_VERSION,
  },
  strategy_overruled_share: {
    type: 'ratio',
    numerator: 'strategy_actions_overruled',
    denominator: 'strategy_actions',
    unit: 'share',
    label: { zh: '策略操作被推翻率', en: 'Overruled share of strategies' },
    description: {
      zh: '策略操作中被撤销或已有其他结果的占比',
      en: 'Share of these actions that were withdrawn or overtaken',
    },
    rules: [],
    source: 'ours',
    ...FIRST_VERSION,
  },
  strategy_cost_fen: {
    type: 'simple',
    measure: 'strategy_cost_fen',
    unit: 'fen',
    label: { zh: '策略花费', en: 'Cost of strategies' },
    description: {
      zh: '已生效的策略操作最多花费的金额',
      en: 'The most that the effective actions of strategies can cost',
    },
    rules: [],
    source: 'ours',
    ...FIRST_VERSION,
  },
} as const satisfies Readonly<Record<string, Metric>>
