import type { Json } from '../../contract'
import { asInteger, isBlank } from '../../contract'
import type { ArbitrateStatus, StatusFacts } from '../statuses'
import { AFTERSALE_STATUS, AFTERSALE_TYPE, ARBITRATE_STATUS, known, REFUND_STATUS } from '../statuses'

/** The codes of one case, as the list and the detail tell them under different names. */
export interface ToldCodes {
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

/** The codes by the tables, or the sentence that names the first code that no table has. */
export function factsOf(told: ToldCodes): CaseFacts | string {
  const code = known(AFTERSALE_STATUS, asInteger(told.status))
  if (code === undefined) return `unknown aftersale_status ${shown(told.status)}`
  const type = known(AFTERSALE_TYPE, asInteger(told.type))
  if (type === undefined && !isBlank(told.type)) return `unknown aftersale_type ${shown(told.type)}`
  // 0 and absent: no refund has been ordered. The enumeration starts at 1.
  const refund = known(REFUND_STATUS, asInteger(told.refund))
  if (refund === undefined && !absent(told.refund)) return `unknown refund_status ${shown(told.refund)}`
  const arbitration = known(ARBITRATE_STATUS, asInteger(told.arbitration))
  if (arbitration === undefined && !absent(told.arbitration))
    return `unknown arbitrate_status ${shown(told.arbitration)}`
  return {
    facts: { code, type, subType: asInteger(told.subType) ?? 0, refund, over: (asInteger(told.finalTime) ?? 0) > 0 },
    arbitration,
  }
}

const absent = (value: Json | undefined): boolean => isBlank(value) || asInteger(value) === 0

/** A code as it came, short enough for a person; codes are not personal. */
export const shown = (value: unknown): string => String(JSON.stringify(value)).slice(0, 40)
