import type { Json } from '../../contract'
import { asInteger, isBlank } from '../../contract'
import type { ArbitrateStatus, StatusFacts } from '../statuses'
import { AFTERSALE_STATUS, AFTERSALE_TYPE, ARBITRATE_STATUS, known, REFUND_STATUS } from '../statuses'

/** The codes of one case, which list and detail report under different names. */
export interface CaseCodes {
  readonly status: Json | undefined
  readonly type: Json | undefined
  readonly subType: Json | undefined
  readonly refund: Json | undefined
  readonly arbitration: Json | undefined
  readonly finalTime: Json | undefined
  readonly deadline: Json | undefined
}

export interface CaseFacts {
  readonly facts: StatusFacts
  readonly arbitration: ArbitrateStatus | undefined
}

/** The codes by the tables, or a sentence naming the first unknown code. */
export function factsOf(codes: CaseCodes): CaseFacts | string {
  const code = known(AFTERSALE_STATUS, asInteger(codes.status))
  if (code === undefined) return `unknown aftersale_status ${shownCode(codes.status)}`
  const type = known(AFTERSALE_TYPE, asInteger(codes.type))
  if (type === undefined && !isBlank(codes.type)) return `unknown aftersale_type ${shownCode(codes.type)}`
  // 0 and absent: no refund has been ordered. The enumeration starts at 1.
  const refund = known(REFUND_STATUS, asInteger(codes.refund))
  if (refund === undefined && !isUnset(codes.refund)) return `unknown refund_status ${shownCode(codes.refund)}`
  const arbitration = known(ARBITRATE_STATUS, asInteger(codes.arbitration))
  if (arbitration === undefined && !isUnset(codes.arbitration))
    return `unknown arbitrate_status ${shownCode(codes.arbitration)}`
  return {
    facts: { code, type, subType: asInteger(codes.subType) ?? 0, refund, over: (asInteger(codes.finalTime) ?? 0) > 0 },
    arbitration,
  }
}

const isUnset = (value: Json | undefined): boolean => isBlank(value) || asInteger(value) === 0

/** A code as received, shortened for display; codes are not personal. */
export const shownCode = (value: unknown): string => String(JSON.stringify(value)).slice(0, 40)
