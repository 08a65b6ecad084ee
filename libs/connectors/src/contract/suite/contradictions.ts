import type { AfterSaleCase, Facets, RecordObservation } from '#after-sale'
import { decide, fold, FACET_NAMES } from '#after-sale'
import type { Channel, Translation } from '../inbound'

/** What one door told of a case. */
export interface Telling {
  readonly door: Channel
  readonly said: Translation
}

interface Told {
  readonly door: Channel
  readonly report: Extract<Translation, { type: 'observed' }>['report']
  readonly caseNumber: string
}

/**
 * Where two doors contradict each other about one case at one revision: each place as `list/detail goods.stage: …`. A facet is
 * replaced whole, so what two doors tell must be equal to the last key; or one of them tells it alone. Empty: one truth. The date
 * of the application is not compared: a door may tell that of a re-application, and the earliest that was told stays.
 */
export function contradictionsOf(tellings: readonly Telling[]): readonly string[] {
  const told = tellings.flatMap(({ door, said }) =>
    said.type === 'observed' ? [{ door, report: said.report, caseNumber: said.case.caseNumber }] : [],
  )
  const pairs = told.flatMap((a, i) => told.slice(i + 1).map((b) => [a, b] as const))
  return [...pairs.flatMap(([a, b]) => betweenTwo(a, b)), ...flappingOf(told)]
}

function betweenTwo(a: Told, b: Told): string[] {
  const at = `${a.door}/${b.door}`
  const parts: readonly (readonly [string, unknown, unknown])[] = [
    ['case', a.caseNumber, b.caseNumber],
    ['revision', a.report.stamp.revision, b.report.stamp.revision],
    ...toldByBoth(a, b).map((facet) => [facet, a.report.facets[facet], b.report.facets[facet]] as const),
  ]
  return parts.flatMap(([name, left, right]) => differences(name, left, right).map((place) => `${at} ${place}`))
}

const toldByBoth = (a: Told, b: Told): readonly (keyof Facets)[] =>
  FACET_NAMES.filter((facet) => a.report.facets[facet] !== undefined && b.report.facets[facet] !== undefined)

/** Each place at which two values differ, with both of them; a key that only one has is a difference. */
function differences(place: string, a: unknown, b: unknown): string[] {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return a === b ? [] : [`${place}: ${shown(a)} ≠ ${shown(b)}`]
  const left = a as Readonly<Record<string, unknown>>
  const right = b as Readonly<Record<string, unknown>>
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
    differences(`${place}.${key}`, left[key], right[key]),
  )
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing'

/**
 * The same doors, read again and again in every order: the case must stand alike whoever was read last. This is what people
 * would see, and what a contradiction that the pairs do not show would still do.
 */
function flappingOf(told: readonly Told[]): string[] {
  const ends = ordersOf(told).map((order) => ({ last: order.at(-1)?.door, afterSale: foldedOf([...told, ...order]) }))
  const [first, ...others] = ends
  if (first === undefined) return []
  return others.flatMap(({ last, afterSale }) =>
    FACET_NAMES.flatMap((facet) => differences(facet, first.afterSale?.[facet], afterSale?.[facet])).map(
      (place) => `read last ${first.last}/${last} ${place}`,
    ),
  )
}

function foldedOf(told: readonly Told[]): AfterSaleCase | undefined {
  return told.reduce<AfterSaleCase | undefined>((afterSale, { report, caseNumber }, index) => {
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

const ordersOf = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, i) => ordersOf(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]))
