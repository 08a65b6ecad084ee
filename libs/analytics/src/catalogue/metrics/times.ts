import type { MeasureName } from '../measures'
import type { Metric } from '../metric'

const FIRST_VERSION = { version: 1, since: '2026-11-30' } as const

const percentile = (
  measure: MeasureName,
  perCent: 50 | 90,
  [zh, en]: readonly [string, string],
  [describedZh, described]: readonly [string, string],
  rules: Metric['rules'],
): Metric => ({
  type: 'percentile',
  measure,
  perCent,
  unit: 'ms',
  label: { zh: `${zh}（p${perCent}）`, en: `${en} (p${perCent})` },
  description: {
    zh: `${describedZh}；由分桶得出，偏大不超过 9.1%`,
    en: `${described}; from buckets, too large by less than 9.1 %`,
  },
  rules,
  source: 'ours',
  ...FIRST_VERSION,
})

const FIRST_ANSWER = [
  ['首次响应时长', 'Time to first answer'],
  [
    '申请至商家首次操作，按首次操作日计',
    'From the application to the first action of the merchant, by the day of that action',
  ],
] as const
const COMPLETION = [
  ['处理时长', 'Time to completion'],
  ['申请至售后结束，按结束日计', 'From the application to the end, by the day of the end'],
] as const
const SELF_COMPLETION = [
  ['自主完结时长', 'Time to self-completion'],
  [
    '无平台介入且未超时的处理时长，按结束日计',
    'Time to the end without the platform and without a time-out, by the day of the end',
  ],
] as const

export const TIME_METRICS = {
  first_answer_p50: percentile('first_answer_time', 50, ...FIRST_ANSWER, ['R031', 'R089']),
  first_answer_p90: percentile('first_answer_time', 90, ...FIRST_ANSWER, ['R031', 'R089']),
  completion_p50: percentile('completion_time', 50, ...COMPLETION, ['R089']),
  completion_p90: percentile('completion_time', 90, ...COMPLETION, ['R089']),
  self_completion_p50: percentile('self_completion_time', 50, ...SELF_COMPLETION, ['R048']),
  self_completion_p90: percentile('self_completion_time', 90, ...SELF_COMPLETION, ['R048']),
  breached_deadlines: {
    type: 'simple',
    measure: 'deadlines_breached',
    unit: 'count',
    label: { zh: '超时数', en: 'Breached deadlines' },
    description: {
      zh: '商家错过的时限，按到期日计',
      en: 'Deadlines that the merchant missed, by the day on which they were due',
    },
    rules: ['R044', 'R088'],
    source: 'rule',
    ...FIRST_VERSION,
  },
  timeout_refund_count: {
    type: 'simple',
    measure: 'timeout_refunds',
    unit: 'count',
    label: { zh: '超时自动退款数', en: 'Refunds by time-out' },
    description: {
      zh: '商家超时未处理而退款的售后单，按结束日计',
      en: 'Cases refunded because the merchant did not respond, by the day of the end',
    },
    rules: ['R044', 'R168'],
    source: 'rule',
    ...FIRST_VERSION,
  },
  timeout_refund_rate: {
    type: 'ratio',
    numerator: 'timeout_refunds',
    denominator: 'timeout_refunds_known',
    unit: 'share',
    label: { zh: '超时自动退款率', en: 'Share refunded by time-out' },
    description: { zh: '已结束的售后单中超时退款的占比', en: 'Share of ended cases that were refunded by a time-out' },
    rules: ['R044', 'R168'],
    source: 'rule',
    ...FIRST_VERSION,
  },
  timeout_refund_fen: {
    type: 'simple',
    measure: 'timeout_refund_fen',
    unit: 'fen',
    label: { zh: '超时自动退款金额', en: 'Money refunded by time-out' },
    description: {
      zh: '超时退款中平台告知的实际金额',
      en: 'The actual amounts of these refunds, where the platform reports them',
    },
    rules: ['R044', 'R168'],
    source: 'rule',
    ...FIRST_VERSION,
  },
  timeout_refund_estimated_fen: {
    type: 'simple',
    measure: 'timeout_refund_estimated_fen',
    unit: 'fen',
    label: { zh: '超时自动退款金额（估计）', en: 'Money refunded by time-out, estimated' },
    description: {
      zh: '平台未告知实际金额的，按同意或申请金额',
      en: 'Where the actual amount is not reported: the amount agreed or asked for',
    },
    rules: ['R044', 'R168'],
    source: 'ours',
    ...FIRST_VERSION,
  },
} as const satisfies Readonly<Record<string, Metric>>
