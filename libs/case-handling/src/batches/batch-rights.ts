import type { EntityManager } from 'typeorm'
import type { Suspension } from '../ports'

/**
 * The rights of who started a batch as they are now; `undefined`: the person was disabled, or the key is over. Implemented by
 * `access`.
 */
export type AuthorRights = (
  manager: EntityManager,
  author: { readonly org: number; readonly actor: string },
  now: number,
) => Promise<Omit<BatchRights, 'suspensionOf'> | undefined>

/** What the person may do, when a batch is frozen, when it is started, and at each of its steps. */
export interface BatchRights {
  /** The stores whose cases the person may act on; absent: every store. */
  readonly stores?: readonly number[] | undefined
  readonly mayActFree: boolean
  readonly mayActForMoney: boolean
  readonly suspensionOf: (store: number) => Suspension | undefined
}

/** Why a case of a batch is refused although the rules of the trade allow its action. */
export type BatchRefusal = 'NotPermitted' | 'StorePaused' | 'StoreRemoved' | 'AuthorInactive' | 'TextsUnreadable'

/** @param amount what the action costs, fen; null: unknown, so it may cost something */
export function rightsRefusalOf(
  { stores, mayActFree, mayActForMoney, suspensionOf }: BatchRights,
  store: number,
  amount: number | null,
): BatchRefusal | undefined {
  if (stores !== undefined && !stores.includes(store)) return 'NotPermitted'
  const suspension = suspensionOf(store)
  if (suspension !== undefined) return suspension === 'paused' ? 'StorePaused' : 'StoreRemoved'
  return (amount === 0 ? mayActFree : mayActForMoney) ? undefined : 'NotPermitted'
}
