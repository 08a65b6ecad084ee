import type { FacetName, Facets, Instant } from '../facets'

/** When the platform first reported each stage, UTC ms, by keys such as `status:6` or `money:refunded`. */
export type Reached = Readonly<Record<string, Instant>>

/** The stage of a facet as a key of `reached`; facets without stages have none. */
export function stageOf(facet: FacetName, facets: Partial<Facets>): string | undefined {
  switch (facet) {
    case 'status':
      return facets.status && `status:${facets.status.raw}`
    case 'goods':
      return facets.goods && `goods:${facets.goods.stage}`
    case 'money':
      return facets.money && `money:${facets.money.stage}`
    case 'dispute':
      return facets.dispute && `dispute:${facets.dispute.stage}`
    default:
      return undefined
  }
}

/** For each stage the earlier of both times. The minimum does not depend on the order of reports. */
export function mergeEarliest(known: Reached, reported: Reached): Reached {
  let merged: Record<string, Instant> | undefined
  for (const [stage, at] of Object.entries(reported)) {
    const before = known[stage]
    if (before === undefined || at < before) (merged ??= { ...known })[stage] = at
  }
  return merged ?? known
}

/** When the case first reached any of these stages. */
export function firstReachedOf(reached: Reached, stages: readonly string[]): Instant | undefined {
  const times = stages.flatMap((stage) => reached[stage] ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

/** When the case first reached its current stage. */
export const reachedAt = (reached: Reached, stage: string | undefined): Instant | undefined =>
  stage === undefined ? undefined : reached[stage]
