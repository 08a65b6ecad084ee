import type { EntityManager } from 'typeorm'
import { IsNull } from 'typeorm'
import type { Author, Ledger } from '../author'
import { ArmingEntity } from './arming.entity'
import type { StrategyVersionRow } from './strategies'

export type ArmingRow = ArmingEntity

/** What is needed to put a version in force at a store. */
export type ArmingWrite = Pick<ArmingEntity, 'store' | 'strategy' | 'version' | 'mode' | 'cap' | 'trial'>

/** A version in force at a store, with its policy and settings: all that judging needs. */
export type ArmingInForce = Pick<ArmingEntity, 'id' | 'org' | 'store' | 'strategy' | 'version' | 'mode' | 'cap'> &
  Pick<StrategyVersionRow, 'policy' | 'settings'>

/** Puts a version in force at a store; another version of the same strategy there ends at the same time. Returns the arming's id. */
export async function arm(manager: EntityManager, { org, by, at }: Author, arming: ArmingWrite): Promise<number> {
  const { store, strategy } = arming
  const armings = manager.getRepository(ArmingEntity)
  await armings.update({ org, strategy, store, disarmedAt: IsNull() }, { disarmedAt: at, disarmedBy: by })
  const { identifiers } = await armings.insert({ org, ...arming, armedAt: at, armedBy: by })
  return (identifiers[0] as Pick<ArmingEntity, 'id'>).id
}

/** The stores at which a version of the strategy is in force. Locks these armings until the transaction ends. */
export const lockArmedStores = async (manager: EntityManager, org: number, strategy: number): Promise<number[]> =>
  (
    await manager
      .getRepository(ArmingEntity)
      .find({ where: { org, strategy, disarmedAt: IsNull() }, lock: { mode: 'pessimistic_write' } })
  ).map(({ store }) => store)

/** Takes a strategy out of force, at these stores or at all. Waits for transactions that decide by it. Returns the stores. */
export async function disarm(
  manager: EntityManager,
  { org, by, at }: Author,
  strategy: number,
  stores?: readonly number[],
): Promise<number[]> {
  // By hand: `RETURNING` says which rows were changed.
  const [rows] = await manager.query<[{ store: number }[], number]>(
    `UPDATE arming SET disarmed_at = $3, disarmed_by = $4
     WHERE org = $1 AND strategy = $2 AND disarmed_at IS NULL AND ($5::int[] IS NULL OR store = ANY($5)) RETURNING store`,
    [org, strategy, at, by, stores ?? null],
  )
  return rows.map((row) => row.store)
}

/** The present and past armings of a strategy, newest first, at most `limit`. */
export const armingsOf = (ledger: Ledger, org: number, strategy: number, limit = 200): Promise<ArmingRow[]> =>
  ledger.getRepository(ArmingEntity).find({ where: { org, strategy }, order: { id: 'DESC' }, take: limit })

/** The armings of an organisation that are in force, in the order in which they were armed. */
export const armingsInForceOf = (ledger: Ledger, org: number): Promise<ArmingRow[]> =>
  ledger.getRepository(ArmingEntity).find({ where: { org, disarmedAt: IsNull() }, order: { id: 'ASC' } })

/**
 * All armings in force of all organisations, in the order in which they were armed. They are few, and every batch needs them, so
 * callers cache them until `revisionInForce` changes. By hand: three tables in one statement, inside the transaction that judges.
 */
export const armingsInForce = (ledger: Pick<Ledger, 'query'>): Promise<ArmingInForce[]> =>
  ledger.query(
    `SELECT a.id, a.org, a.store, a.strategy, a.version, s.policy, v.settings, a.mode, a.cap
     FROM arming a JOIN strategy s ON s.id = a.strategy
     JOIN strategy_version v ON v.strategy = a.strategy AND v.version = a.version
     WHERE a.disarmed_at IS NULL ORDER BY a.id`,
  )
