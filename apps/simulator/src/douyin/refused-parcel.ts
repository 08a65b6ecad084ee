import { DAY } from '../world/platform-rules'
import type { CaseRecord } from '../world/case'

/** How long a refused parcel stays where it was refused, and how long it is on its way back. */
const AT_THE_DOOR_MS = DAY
const ON_ITS_WAY_MS = 3 * DAY

/**
 * The state of a parcel that the buyer has been asked to refuse, by the numbers of the list's filter, which knows no
 * others: 1 refused, 2 signed for anyway, 3 on its way back, 4 back at the merchant's. `undefined`: the buyer
 * was not asked to refuse it, or it has not arrived. The answers have no such field: their `logistics_state` is another one.
 */
export function refusedParcelState(record: CaseRecord, now: number): 1 | 2 | 3 | 4 | undefined {
  if (!record.parcelRefusalAgreed) return undefined
  const refusedMs = record.log.find(({ text }) => text === REFUSED)?.atMs
  if (refusedMs === undefined) return record.gotGoods ? 2 : undefined
  if (now < refusedMs + AT_THE_DOOR_MS) return 1
  return now < refusedMs + AT_THE_DOOR_MS + ON_ITS_WAY_MS ? 3 : 4
}

/** The log entry of a case for a parcel that the buyer refused. */
const REFUSED = '买家已拒收，自动退款'
