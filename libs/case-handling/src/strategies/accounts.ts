import type { EntityManager } from 'typeorm'
import type { StrategyAccount, StrategyGrant } from '#after-sale'
import { mayManageStrategies } from '#after-sale'
import { noteChange } from '#event-store'
import type { Author, GrantHolder, GrantRow } from '#ledgers'
import { lockOpenGrantsOf, mainAccountOf, openGrantsOf } from '#ledgers'

/**
 * The account that acts on strategies (R160). Owners, and the account that is named as main, are the main account; everyone
 * else needs grants. Without a log-in, as in a command, every account counts as main until one is named.
 */
export async function loadAccount(
  manager: EntityManager,
  { org, by, person, isOwner }: Author,
  readGrants = lockOpenGrantsOf,
): Promise<StrategyAccount> {
  if (isOwner === true) return { account: 'main', id: by }
  const mainAccount = await mainAccountOf(manager, org)
  if (mainAccount === by || (mainAccount === undefined && isOwner === undefined)) return { account: 'main', id: by }
  return {
    account: 'sub',
    id: by,
    grants: (await readGrants(manager, org, { account: by, person })).map(grantOf),
  }
}

/** The stores whose strategies the author may read: all as the main account, otherwise those that are granted now. */
export async function grantedStoresOf(manager: EntityManager, author: Author): Promise<'all' | readonly number[]> {
  // Not locked: what was read before a revocation may be read.
  const account = await loadAccount(manager, author, openGrantsOf)
  if (account.account === 'main') return 'all'
  return account.grants
    .filter(({ store }) => mayManageStrategies(account, store, author.at))
    .map(({ store }) => Number(store))
}

/** The sub-account that gets or loses a grant, with its current grants. */
export const loadSubAccount = async (
  manager: EntityManager,
  org: number,
  holder: GrantHolder,
): Promise<Extract<StrategyAccount, { account: 'sub' }>> => ({
  account: 'sub',
  id: holder.account,
  grants: (await openGrantsOf(manager, org, holder)).map(grantOf),
})

const grantOf = ({ store, grantedBy, grantedAt, endedAt }: GrantRow): StrategyGrant => ({
  store: String(store),
  by: grantedBy,
  from: grantedAt,
  ...(endedAt === null ? {} : { until: endedAt }),
})

/** R160: whether the author may arm and disarm strategies at all of these stores. */
export async function mayManageAt(manager: EntityManager, author: Author, stores: readonly number[]): Promise<boolean> {
  const account = await loadAccount(manager, author)
  const may = stores.every((store) => mayManageStrategies(account, String(store), author.at))
  if (may && account.account === 'sub') noteChange({ byGrantAt: stores })
  return may
}

/** R160: whether the author may write a strategy. It belongs to no store yet, so a grant for any store is enough. */
export async function mayDraft(manager: EntityManager, author: Author): Promise<boolean> {
  const account = await loadAccount(manager, author)
  if (account.account === 'main') return true
  const granted = account.grants.filter(({ store }) => mayManageStrategies(account, store, author.at))
  if (granted.length > 0) noteChange({ byGrantAt: granted.map(({ store }) => Number(store)) })
  return granted.length > 0
}
