import type { Term } from '#after-sale'
import { FACT_TABLES } from '../facts/fact-tables'
import { MEASURES } from './measures'
import type { Metric } from './metric'
import { measuresOf } from './metric'

/** Dimensions that every figure has. */
export const COMMON_DIMENSIONS = ['store', 'marketplace', 'kind'] as const

export const DIMENSIONS: Readonly<Record<string, Term>> = {
  store: { zh: '店铺', en: 'Store' },
  marketplace: { zh: '平台', en: 'Marketplace' },
  kind: { zh: '售后类型', en: 'Kind' },
  reason_first: { zh: '首次原因', en: 'First reason' },
  reason: { zh: '当前原因', en: 'Current reason' },
  outcome: { zh: '结果', en: 'Outcome' },
  decided_by: { zh: '由谁决定', en: 'Decided by' },
  strategy: { zh: '策略', en: 'Strategy' },
  products: { zh: '商品', en: 'Product' },
  couriers: { zh: '快递', en: 'Courier' },
  action: { zh: '操作', en: 'Action' },
  requested_by: { zh: '由谁发起', en: 'Requested by' },
  appeal_kind: { zh: '申诉类型', en: 'Kind of appeal' },
  result: { zh: '申诉结果', en: 'Result of the appeal' },
  deadline: { zh: '时限', en: 'Deadline' },
}

/** Of these a case can have several values: what is divided by them adds up to more than the whole. */
export const MULTIPLE: readonly string[] = ['products', 'couriers']

export const isCommon = (dimension: string): boolean => (COMMON_DIMENSIONS as readonly string[]).includes(dimension)

/** The dimensions by which a metric can be divided: those that all its measures have. */
export function dimensionsOf(metric: Metric): readonly string[] {
  const each = measuresOf(metric).map((name) => FACT_TABLES[MEASURES[name].source].dimensions)
  const shared = (each[0] ?? []).filter((dimension) => each.every((all) => all.includes(dimension)))
  return [...COMMON_DIMENSIONS, ...shared]
}
