import type { DisputeRail } from '#after-sale'
import type { Json } from '../contract'
import { asId, asInteger, instantOfText } from '../contract'
import type { ArbitrateStatus } from './statuses'
import { ARBITRATE_CONCLUSION, ARBITRATE_STATUS, known } from './statuses'
import type { DetailArbitration } from './wire'

/**
 * The dispute as the list tells it: only the stage. "Ended" alone does not say for whom, so nothing is told and the
 * detail must be asked.
 */
export function disputeOfRow(code: ArbitrateStatus | undefined): DisputeRail | undefined {
  const stage = code === undefined ? undefined : ARBITRATE_STATUS[code]
  return stage === undefined || stage === 'ended' ? undefined : { stage }
}

/** The dispute as the detail tells it. Ended without a conclusion is ended without a ruling. */
export function disputeOfDetail(code: ArbitrateStatus | undefined, told: DetailArbitration): DisputeRail | undefined {
  const ruling = known(ARBITRATE_CONCLUSION, asInteger(told.arbitrate_conclusion))
  const word = code === undefined ? undefined : ARBITRATE_STATUS[code]
  if (word === undefined) return undefined
  const stage = word !== 'ended' ? word : ruling === undefined ? 'cancelled' : ARBITRATE_CONCLUSION[ruling]
  const id = asId(told.arbitrate_id)
  const evidenceDue = stage === 'evidence-wanted' ? instantOfText(told.arbitrate_status_deadline) : undefined
  return { stage, ...(id === undefined ? {} : { id }), ...(evidenceDue === undefined ? {} : { evidenceDue }) }
}

/** A conclusion that no table has, to be named. */
export function unknownConclusion(told: Json | undefined): boolean {
  const code = asInteger(told)
  return code !== undefined && code !== 0 && known(ARBITRATE_CONCLUSION, code) === undefined
}
