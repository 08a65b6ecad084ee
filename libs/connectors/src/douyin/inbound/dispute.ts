import type { DisputeRail } from '#after-sale'
import type { Json } from '../../contract'
import { asId, asInteger, instantOf } from '../../contract'
import type { ArbitrateStatus } from '../statuses'
import { ARBITRATE_CONCLUSION, ARBITRATE_STATUS, known } from '../statuses'
import type { DetailArbitration } from '../wire'

/**
 * The dispute as the list tells it: that there is none. Of an arbitration it has the stage without the number and the
 * evidence deadline, and the facet is replaced whole; so the detail is asked for, and tells all of it.
 */
export const disputeOfRow = (code: ArbitrateStatus | undefined): DisputeRail | undefined =>
  code === 0 ? { stage: 'none' } : undefined

/** The dispute as the detail tells it. Ended without a conclusion is ended without a ruling. */
export function disputeOfDetail(code: ArbitrateStatus | undefined, told: DetailArbitration): DisputeRail | undefined {
  const ruling = known(ARBITRATE_CONCLUSION, asInteger(told.arbitrate_conclusion))
  const word = code === undefined ? undefined : ARBITRATE_STATUS[code]
  if (word === undefined) return undefined
  const stage = word !== 'ended' ? word : ruling === undefined ? 'cancelled' : ARBITRATE_CONCLUSION[ruling]
  if (stage === 'none') return { stage }
  const id = asId(told.arbitrate_id)
  const evidenceDue = stage === 'evidence-wanted' ? instantOf(told.arbitrate_status_deadline) : undefined
  return { stage, ...(id === undefined ? {} : { id }), ...(evidenceDue === undefined ? {} : { evidenceDue }) }
}

/** A conclusion that no table has, to be named. */
export function unknownConclusion(told: Json | undefined): boolean {
  const code = asInteger(told)
  return code !== undefined && code !== 0 && known(ARBITRATE_CONCLUSION, code) === undefined
}
