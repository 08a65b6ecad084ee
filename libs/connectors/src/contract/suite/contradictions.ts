import type { AfterSaleCase, Facets, RecordObservation } from '#after-sale'
import { decide, fold, FACET_NAMES } from '#after-sale'
import type { Channel, Translation } from '../inbound'

/** What one channel reports about a case. */
export interface ChannelReport {
  readonly channel: Channel
  readonly translation: Translation
}

interface ObservedReport {
  readonly channel: Channel
  readonly report: Extract<Translation, { type: 'observed' }>['report']
  readonly caseNumber: string
}

/**
 * The places where two channels contradict each other about one case at one revision, each as `list/detail goods.stage:
 * …`. A facet is always replaced as a whole, so two channels must report it with exactly the same keys and values, or
 * only one of them reports it. Empty: no contradiction. The date of the application is not compared: a channel may
 * report that of a re-application, and the case keeps the earliest.
 */
export function findContradictions(reports: readonly ChannelReport[]): readonly string[] {
  const observed = reports.flatMap(({ channel, translation }) =>
    translation.type === 'observed'
      ? [{ channel, report: translation.report, caseNumber: translation.case.caseNumber }]
      : [],
  )
  const pairs = observed.flatMap((a, i) => observed.slice(i + 1).map((b) => [a, b] as const))
  return [...pairs.flatMap(([a, b]) => findPairDifferences(a, b)), ...findOrderDifferences(observed)]
}

function findPairDifferences(a: ObservedReport, b: ObservedReport): string[] {
  const channels = `${a.channel}/${b.channel}`
  const comparisons: readonly (readonly [string, unknown, unknown])[] = [
    ['case', a.caseNumber, b.caseNumber],
    ['revision', a.report.stamp.revision, b.report.stamp.revision],
    ...facetsOfBoth(a, b).map((facet) => [facet, a.report.facets[facet], b.report.facets[facet]] as const),
  ]
  return comparisons.flatMap(([name, left, right]) =>
    findDifferences(name, left, right).map((path) => `${channels} ${path}`),
  )
}

const facetsOfBoth = (a: ObservedReport, b: ObservedReport): readonly (keyof Facets)[] =>
  FACET_NAMES.filter((facet) => a.report.facets[facet] !== undefined && b.report.facets[facet] !== undefined)

/** Every path at which two values differ, with both values; a key that only one of them has is a difference. */
function findDifferences(path: string, a: unknown, b: unknown): string[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? [] : [`${path}: ${displayValue(a)} ≠ ${displayValue(b)}`]
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
    findDifferences(`${path}.${key}`, left[key], right[key]),
  )
}

const displayValue = (value: unknown): string => JSON.stringify(value) ?? 'nothing'

/**
 * Folds the reports in every order: the case must be the same whichever channel was read last. This finds contradictions that
 * a comparison of pairs misses.
 */
function findOrderDifferences(observed: readonly ObservedReport[]): string[] {
  const results = permutationsOf(observed).map((order) => ({
    last: order.at(-1)?.channel,
    afterSale: foldReports([...observed, ...order]),
  }))
  const [first, ...others] = results
  if (first === undefined) return []
  return others.flatMap(({ last, afterSale }) =>
    FACET_NAMES.flatMap((facet) => findDifferences(facet, first.afterSale?.[facet], afterSale?.[facet])).map(
      (path) => `read last ${first.last}/${last} ${path}`,
    ),
  )
}

function foldReports(observed: readonly ObservedReport[]): AfterSaleCase | undefined {
  return observed.reduce<AfterSaleCase | undefined>((afterSale, { report, caseNumber }, index) => {
    const command: RecordObservation = {
      type: 'RecordObservation',
      identity: { organisation: '1', store: '1', marketplace: 'any', caseNumber },
      ...report,
      stamp: { ...report.stamp, observedAt: report.stamp.observedAt + index },
    }
    const decision = decide(afterSale, command)
    return decision.type === 'decided' ? fold(decision.events, afterSale) : afterSale
  }, undefined)
}

const permutationsOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, i) => permutationsOf(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]))
