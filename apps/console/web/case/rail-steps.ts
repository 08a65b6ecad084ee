import type { Stage } from '../api/shapes'

export type Rail = 'goods' | 'money' | 'dispute'

/** One place on a rail. `ahead` is the usual way on from here, `branch` a way that cases take less often. */
export interface Step {
  stage: string
  place: 'passed' | 'now' | 'ahead' | 'branch'
  /** When the case is known to have come here; ISO 8601. */
  at: string | null
}

const OUT = ['not-shipped', 'in-transit', 'delivered']
const AND_BACK = [...OUT, 'returning', 'received', 'inspected-fit']
const USUAL = {
  money: ['asked', 'refunding', 'refunded'],
  dispute: ['platform-intervened', 'evidence-wanted', 'evidence-given'],
}
const BRANCHES = {
  goods: ['intercepting', 'refused'],
  money: ['partly-refunded', 'failed'],
  dispute: ['ruled-for-buyer', 'ruled-for-merchant'],
}
/** A parcel that was taken in cannot be refused any more. */
const SHUT_BY: Readonly<Record<string, string>> = { refused: 'delivered' }
/** Kinds whose goods come back to us. */
const RETURNING = new Set(['return-and-refund', 'exchange', 'repair'])

/**
 * The road of a case along one rail: the stages that it is known to have come to, in the order of their times, the one where it
 * stands, and what may follow. Nothing follows for a finished case, nor where the rail is not in use.
 * @param order all stages of the rail as the trade tells them
 */
export function roadOf(
  rail: Rail,
  at: Stage,
  order: readonly string[],
  kind: string | null,
  finished: boolean,
): Step[] {
  const now = at.stage ?? 'unknown'
  const passed = at.reached.filter(({ stage }) => stage !== now && !isQuiet(stage))
  const road: Step[] = [
    ...passed.map(({ stage, at: when }): Step => ({ stage, place: 'passed', at: when })),
    { stage: now, place: 'now', at: at.since },
  ]
  if (finished || isQuiet(now)) return road
  const usual = rail === 'goods' ? (RETURNING.has(kind ?? '') ? AND_BACK : OUT) : USUAL[rail]
  const branches = [...BRANCHES[rail], ...(usual === AND_BACK ? ['inspected-unfit'] : [])]
  const been = new Set(road.map(({ stage }) => stage))
  for (const stage of order.slice(order.indexOf(now) + 1)) {
    if (been.has(stage) || been.has(SHUT_BY[stage] ?? '')) continue
    if (usual.includes(stage)) road.push({ stage, place: 'ahead', at: null })
    else if (branches.includes(stage)) road.push({ stage, place: 'branch', at: null })
  }
  return road
}

/** Standing here means that nothing happens on this rail, or that nobody told. */
export const isQuiet = (stage: string): boolean => stage === 'none' || stage === 'unknown'
