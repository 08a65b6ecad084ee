import type { DisputeRail } from '#after-sale'
import type { Json } from '../../contract'
import { asId, asInteger, asInstant } from '../../contract'
import type { ArbitrateStatus } from '../statuses'
import { ARBITRATE_CONCLUSION, ARBITRATE_STATUS, knownCode } from '../statuses'
import type { DetailArbitration } from '../wire'

/**
 * The dispute by the list, which is reported only where there is none. The list has the stage of an arbitration without
 * its number and evidence deadline, and a facet is always replaced as a whole; so the detail is read instead.
 */
export const disputeOfRow = (code: ArbitrateStatus | undefined): DisputeRail | undefined =>
  code === 0 ? { stage: 'none' } : undefined

/** The dispute by the detail. An arbitration that ended without a conclusion ended without a ruling. */
export function disputeOfDetail(
  code: ArbitrateStatus | undefined,
  arbitration: DetailArbitration,
): DisputeRail | undefined {
  const ruling = knownCode(ARBITRATE_CONCLUSION, asInteger(arbitration.arbitrate_conclusion))
  const arbitrationStage = code === undefined ? undefined : ARBITRATE_STATUS[code]
  if (arbitrationStage === undefined) return undefined
  const stage =
    arbitrationStage !== 'ended' ? arbitrationStage : ruling === undefined ? 'cancelled' : ARBITRATE_CONCLUSION[ruling]
  if (stage === 'none') return { stage }
  const id = asId(arbitration.arbitrate_id)
  const evidenceDue = stage === 'evidence-wanted' ? asInstant(arbitration.arbitrate_status_deadline) : undefined
  return { stage, ...(id === undefined ? {} : { id }), ...(evidenceDue === undefined ? {} : { evidenceDue }) }
}

/** A conclusion that is not in the table, to be reported. */
export function isUnknownConclusion(conclusion: Json | undefined): boolean {
  const code = asInteger(conclusion)
  return code !== undefined && code !== 0 && knownCode(ARBITRATE_CONCLUSION, code) === undefined
}
