import { APPEAL_METRICS } from './metrics/appeals'
import { DECISION_METRICS } from './metrics/decisions'
import { DISPUTE_METRICS } from './metrics/disputes'
import { MONEY_METRICS } from './metrics/money'
import { TIME_METRICS } from './metrics/times'
import type { Metric } from './metric'

/** The catalogue: every figure, by name. SQL, texts and answers are generated from it. */
export const METRICS_CATALOGUE = {
  ...DISPUTE_METRICS,
  ...TIME_METRICS,
  ...DECISION_METRICS,
  ...MONEY_METRICS,
  ...APPEAL_METRICS,
} as const satisfies Readonly<Record<string, Metric>>

export type CatalogueName = keyof typeof METRICS_CATALOGUE
export const CATALOGUE_NAMES = Object.keys(METRICS_CATALOGUE) as CatalogueName[]
export const metricNamed = (name: CatalogueName): Metric => METRICS_CATALOGUE[name]
