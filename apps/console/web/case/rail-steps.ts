import type { Rails } from '../api/schema'

export type Rail = keyof Rails

/** Where a case is on a rail, and where it is known to have been. */
interface RailPosition {
  readonly stage: string | null
  readonly since: string | null
  readonly reached: readonly { readonly stage: string; readonly at: string }[]
}

/** One stage of a rail as it is drawn. `ahead` usually follows, `branch` follows less often. */
export interface Step {
  stage: string
  place: 'passed' | 'now' | 'ahead' | 'branch'
  /** When the case is known to have reached it; ISO 8601. */
  at: string | null
}

const OUTBOUND = ['not-shipped', 'in-transit', 'delivered']
const OUTBOUND_AND_RETURN = [...OUTBOUND, 'returning', 'received', 'inspected-fit']
const USUAL_STAGES = {
  money: ['asked', 'refunding', 'refunded'],
  dispute: ['platform-intervened', 'evidence-wanted', 'evidence-given'],
}
const BRANCHES = {
  goods: ['intercepting', 'refused'],
  money: ['partly-refunded', 'failed'],
  dispute: ['ruled-for-buyer', 'ruled-for-merchant'],
}
/** A parcel that was accepted cannot be refused any more. */
const EXCLUDED_BY: Readonly<Record<string, string>> = { refused: 'delivered' }
/** Kinds whose goods come back to us. */
const RETURNING = new Set(['return-and-refund', 'exchange', 'repair'])

/**
 * The steps of a case on one rail: the stages that it is known to have reached, by time, its current one, and what may follow.
 * Nothing follows for a finished case, nor on a rail that is not in use.
 * @param order all stages of the rail in their usual order
 */
export function stepsOf(
  rail: Rail,
  position: RailPosition,
  order: readonly string[],
  kind: string | null,
  finished: boolean,
): Step[] {
  const now = position.stage ?? 'unknown'
  const passed = position.reached.filter(({ stage }) => stage !== now && !isIdle(stage))
  const steps: Step[] = [
    ...passed.map(({ stage, at: when }): Step => ({ stage, place: 'passed', at: when })),
    { stage: now, place: 'now', at: position.since },
  ]
  if (finished || isIdle(now)) return steps
  const usual = rail === 'goods' ? (RETURNING.has(kind ?? '') ? OUTBOUND_AND_RETURN : OUTBOUND) : USUAL_STAGES[rail]
  const branches = [...BRANCHES[rail], ...(usual === OUTBOUND_AND_RETURN ? ['inspected-unfit'] : [])]
  const shownStages = new Set(steps.map(({ stage }) => stage))
  for (const stage of order.slice(order.indexOf(now) + 1)) {
    if (shownStages.has(stage) || shownStages.has(EXCLUDED_BY[stage] ?? '')) continue
    if (usual.includes(stage)) steps.push({ stage, place: 'ahead', at: null })
    else if (branches.includes(stage)) steps.push({ stage, place: 'branch', at: null })
  }
  return steps
}

/** Nothing happens on this rail, or it is unknown. */
export const isIdle = (stage: string): boolean => stage === 'none' || stage === 'unknown'
