import type { Suspension } from '../ports'

/** What the person may do, as known when a batch is frozen or started. */
export interface BatchRights {
  /** The stores whose cases the person may act on; absent: every store. */
  readonly stores?: readonly number[] | undefined
  readonly mayActFree: boolean
  readonly mayActForMoney: boolean
  readonly suspensionOf: (store: number) => Suspension | undefined
}

/** Why a case of a batch is refused although the rules of the trade allow its action. */
export type BatchRefusal = 'NotPermitted' | 'StorePaused' | 'StoreRemoved' | 'NoSuchCase' | 'TextsUnreadable'

/** @param amount what the action costs, fen; null: unknown, so it may cost something */
export function rightsRefusalOf(
  { stores, mayActFree, mayActForMoney, suspensionOf }: BatchRights,
  store: number,
  amount: number | null,
): BatchRefusal | undefined {
  if (stores !== undefined && !stores.includes(store)) return 'NoSuchCase'
  const suspension = suspensionOf(store)
  if (suspension !== undefined) return suspension === 'paused' ? 'StorePaused' : 'StoreRemoved'
  return (amount === 0 ? mayActFree : mayActForMoney) ? undefined : 'NotPermitted'
}
