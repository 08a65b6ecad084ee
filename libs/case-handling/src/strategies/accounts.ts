import type { EntityManager } from 'typeorm'
import type { StrategyAccount, StrategyGrant } from '#after-sale'
import { mayManageStrategies } from '#after-sale'
import type { Author, GrantRow } from '#ledgers'
import { lockOpenGrantsOf, mainAccountOf, openGrantsOf } from '#ledgers'

/**
 * The account that acts on strategies (R160). Owners, and the account that is named as main, are the main account; everyone
 * else needs grants. Without a log-in, as in a command, every account counts as main until one is named.
 */
export async function accountOf(manager: EntityManager, { org, by, isOwner }: Author): Promise<StrategyAccount> {
  if (isOwner === true) return { account: 'main', id: by }
  const main = await mainAccountOf(manager, org)
  if (main === by || (main === undefined && isOwner === undefined)) return { account: 'main', id: by }
  return { account: 'sub', id: by, grants: (await lockOpenGrantsOf(manager, org, by)).map(grantOf) }
}

/** An account that is granted or revoked something, with its current grants. */
export const subAccountOf = async (
  manager: EntityManager,
  org: number,
  id: string,
): Promise<Extract<StrategyAccount, { account: 'sub' }>> => ({
  account: 'sub',
  id,
  grants: (await openGrantsOf(manager, org, id)).map(grantOf),
})

const grantOf = ({ store, grantedBy, grantedAt, endedAt }: GrantRow): StrategyGrant => ({
  store: String(store),
  by: grantedBy,
  from: grantedAt,
  ...(endedAt === null ? {} : { until: endedAt }),
})

/** R160: whether the account may do it at all of these stores. */
export async function mayManageAt(manager: EntityManager, author: Author, stores: readonly number[]): Promise<boolean> {
  const who = await accountOf(manager, author)
  return stores.every((store) => mayManageStrategies(who, String(store), author.at))
}

/** R160: a document belongs to no store until it is armed at one; an account that may arm it somewhere may write it. */
export async function mayDraft(manager: EntityManager, author: Author): Promise<boolean> {
  const who = await accountOf(manager, author)
  return who.account === 'main' || who.grants.some(({ store }) => mayManageStrategies(who, store, author.at))
}
