import type { Act } from './acts'
import type { CaseRecord } from './case'
import type { Register } from './register'
import type { Trade } from './trade'

/** Parcels are dated when they leave; two cases of one order that go back together share theirs. */
export function datedParcel(record: CaseRecord, act: Act, now: number, register: Register, trade: Trade): Act {
  if (!('parcel' in act)) return act
  const parcel = { ...act.parcel, sentMs: now }
  if (act.what !== 'send-back') return { ...act, parcel }
  const sisters = register.order(record.orderNumber)?.caseNumbers.filter((number) => number !== record.number) ?? []
  const sent = sisters
    .map((number) => register.case(number))
    .find((sister) => sister !== undefined && sister.finalMs === null && trade.stageOf(sister) === 'merchant-receives')
  return { ...act, parcel: sent?.returnParcel ?? parcel }
}
