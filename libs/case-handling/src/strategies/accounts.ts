import type { EntityManager } from 'typeorm'
import type { StrategyAccount, StrategyGrant } from '#after-sale'
import { mayManageStrategies } from '#after-sale'
import type { Author, GrantRow } from '#ledgers'
import { heldGrantsOf, mainAccountOf, standingGrantsOf } from '#ledgers'

/**
 * Who acts, as far as strategies are concerned. Until an organisation has said who its main account is, whoever acts is
 * taken for it: there is no log-in that could tell people apart.
 */
export async function accountOf(manager: EntityManager, { org, by }: Author): Promise<StrategyAccount> {
  const main = await mainAccountOf(manager, org)
  if (main === undefined || main === by) return { account: 'main', id: by }
  return { account: 'sub', id: by, grants: (await heldGrantsOf(manager, org, by)).map(grantOf) }
}

/** An account that something is given to or taken from, with what stands for it. */
export const subAccountOf = async (
  manager: EntityManager,
  org: number,
  id: string,
): Promise<Extract<StrategyAccount, { account: 'sub' }>> => ({
  account: 'sub',
  id,
  grants: (await standingGrantsOf(manager, org, id)).map(grantOf),
})

const grantOf = ({ store, granted_by, granted_at, ended_at }: GrantRow): StrategyGrant => ({
  store: String(store),
  by: granted_by,
  from: granted_at,
  ...(ended_at === null ? {} : { until: ended_at }),
})

/** R160: whether he may do it at all of these stores. */
export async function mayManageAt(manager: EntityManager, author: Author, stores: readonly number[]): Promise<boolean> {
  const who = await accountOf(manager, author)
  return stores.every((store) => mayManageStrategies(who, String(store), author.at))
}

/** R160: a document is of no store until it is armed at one; whoever may arm it somewhere may write it. */
export async function mayDraft(manager: EntityManager, author: Author): Promise<boolean> {
  const who = await accountOf(manager, author)
  return who.account === 'main' || who.grants.some(({ store }) => mayManageStrategies(who, store, author.at))
}
