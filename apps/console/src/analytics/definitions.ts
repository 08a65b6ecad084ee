import type { Metric } from '#analytics'
import { CATALOGUE_NAMES, DIMENSIONS, NULL_WHEN, dimensionsOf, metricNamed, metricSql, partsOf } from '#analytics'
import type { MetricDefinitionAnswer } from './analytics.answer'
import { GRAINS } from './analytics.request'

const UNNAMED = { zh: '', en: '' }

/** The catalogue as the API answers it. */
export const definitions = (): MetricDefinitionAnswer[] =>
  CATALOGUE_NAMES.map((name) => {
    const metric: Metric = metricNamed(name)
    return {
      name,
      type: metric.type,
      version: metric.version,
      since: metric.since,
      label: metric.label,
      description: metric.description,
      unit: metric.unit,
      parts: [...partsOf(name)],
      windowDays: (metric.type === 'ratio' ? metric.windowDays : undefined) ?? null,
      dimensions: dimensionsOf(metric).map((dimension) => ({
        name: dimension,
        label: DIMENSIONS[dimension] ?? UNNAMED,
      })),
      grains: [...GRAINS],
      rules: [...metric.rules],
      exclusions: [...(metric.exclusions ?? [])],
      source: metric.source,
      nullWhen: NULL_WHEN[metric.type],
      sql: metricSql(metric),
    }
  })
