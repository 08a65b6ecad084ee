import type { EntityManager } from 'typeorm'
import { IsNull } from 'typeorm'
import type { Author, Ledger } from '../author'
import { GrantEntity, MainAccountEntity } from './grant.entity'

export type GrantRow = Omit<GrantEntity, 'id' | 'org'>

/** The account that is named as main account; `undefined`: none yet. */
export const mainAccountOf = async (ledger: Ledger, org: number): Promise<string | undefined> =>
  (await ledger.getRepository(MainAccountEntity).findOneBy({ org }))?.account

/**
 * Names the main account. Once there is one, only that account can hand its role over: `false` if another account asks. By hand:
 * the condition and the write are one statement.
 */
export async function nameMainAccount(
  manager: EntityManager,
  { org, by, at, isOwner = false }: Author,
  account: string,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `WITH named AS (
       INSERT INTO main_account AS m (org, account, named_at, named_by) VALUES ($1, $2, $3, $4)
       ON CONFLICT (org) DO UPDATE SET account = excluded.account, named_at = excluded.named_at, named_by = excluded.named_by
       WHERE m.account = excluded.named_by OR $5 RETURNING 1
     ) SELECT * FROM named`,
    [org, account, at, by, isOwner],
  )
  return rows.length > 0
}

/**
 * Every grant of an organisation, of one store or of all: open ones first, then newest first, at most `limit`. By hand: no
 * repository sorts by whether a column is null.
 */
export const grantsOf = (ledger: Ledger, org: number, store?: number, limit = 1_000): Promise<GrantRow[]> =>
  ledger.query(
    `SELECT account, person, store, granted_at AS "grantedAt", granted_by AS "grantedBy", ended_at AS "endedAt", ended_by AS "endedBy"
     FROM strategy_grant WHERE org = $1 AND ($2::int IS NULL OR store = $2) ORDER BY (ended_at IS NULL) DESC, id DESC LIMIT $3`,
    [org, store ?? null, limit],
  )

/** Who holds grants: a person, or an account of the time before people. */
export interface GrantHolder {
  readonly account: string
  readonly person?: string | undefined
}

/** A grant without a person names an operator of the time before people, who is the person with that login. */
const whereOpen = (org: number, { account, person }: GrantHolder) => {
  const open = { org, endedAt: IsNull() }
  const byName = { ...open, account, person: IsNull() }
  return { where: person === undefined ? byName : [{ ...open, person }, byName], order: { store: 'ASC' } } as const
}

/** The open grants of one account. */
export const openGrantsOf = (manager: EntityManager, org: number, holder: GrantHolder): Promise<GrantRow[]> =>
  manager.getRepository(GrantEntity).find(whereOpen(org, holder))

/**
 * The open grants of an account that is about to use them. They are locked, so that none can be revoked until the transaction
 * ends: once a revocation has returned, the grant is no longer used.
 */
export const lockOpenGrantsOf = (manager: EntityManager, org: number, holder: GrantHolder): Promise<GrantRow[]> =>
  manager.getRepository(GrantEntity).find({ ...whereOpen(org, holder), lock: { mode: 'pessimistic_read' } })

/** Grants a store to an account; `false`: it has an open grant. By hand: open grants have a partial unique index, which decides a conflict. */
export async function insertGrant(
  manager: EntityManager,
  { org, by, at }: Author,
  { account, person }: GrantHolder,
  store: number,
): Promise<boolean> {
  const rows = await manager.query<unknown[]>(
    `WITH written AS (
       INSERT INTO strategy_grant (org, account, store, granted_at, granted_by, person) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (org, account, store) WHERE ended_at IS NULL DO NOTHING RETURNING 1
     ) SELECT * FROM written`,
    [org, account, store, at, by, person ?? null],
  )
  return rows.length > 0
}

/** Ends the open grant of an account at a store; `false`: there is none. */
export async function endGrant(
  manager: EntityManager,
  { org, by, at }: Author,
  account: string,
  store: number,
): Promise<boolean> {
  const { affected } = await manager
    .getRepository(GrantEntity)
    .update({ org, account, store, endedAt: IsNull() }, { endedAt: at, endedBy: by })
  return affected === 1
}

/** Ends every open grant of a holder; returns how many there were. */
export async function endGrantsOf(
  manager: EntityManager,
  { org, by, at }: Author,
  holder: GrantHolder,
): Promise<number> {
  const { where } = whereOpen(org, holder)
  let ended = 0
  for (const which of [where].flat()) {
    const { affected } = await manager.getRepository(GrantEntity).update(which, { endedAt: at, endedBy: by })
    ended += affected ?? 0
  }
  return ended
}
