import type { Json } from '../../contract'
import { asInteger, isBlank } from '../../contract'
import type { ArbitrateStatus, StatusFacts } from '../statuses'
import { AFTERSALE_STATUS, AFTERSALE_TYPE, ARBITRATE_STATUS, knownCode, REFUND_STATUS } from '../statuses'

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
export function readCaseCodes(codes: CaseCodes): CaseFacts | string {
  const code = knownCode(AFTERSALE_STATUS, asInteger(codes.status))
  if (code === undefined) return `unknown aftersale_status ${displayCode(codes.status)}`
  const type = knownCode(AFTERSALE_TYPE, asInteger(codes.type))
  if (type === undefined && !isBlank(codes.type)) return `unknown aftersale_type ${displayCode(codes.type)}`
  // 0 and absent: no refund has been ordered. The enumeration starts at 1.
  const refund = knownCode(REFUND_STATUS, asInteger(codes.refund))
  if (refund === undefined && !isUnset(codes.refund)) return `unknown refund_status ${displayCode(codes.refund)}`
  const arbitration = knownCode(ARBITRATE_STATUS, asInteger(codes.arbitration))
  if (arbitration === undefined && !isUnset(codes.arbitration))
    return `unknown arbitrate_status ${displayCode(codes.arbitration)}`
  return {
    facts: {
      code,
      type,
      subType: asInteger(codes.subType) ?? 0,
      refund,
      isOver: (asInteger(codes.finalTime) ?? 0) > 0,
    },
    arbitration,
  }
}

const isUnset = (value: Json | undefined): boolean => isBlank(value) || asInteger(value) === 0

/** A code as received, shortened for display; codes are not personal. */
export const displayCode = (value: unknown): string => String(JSON.stringify(value)).slice(0, 40)
