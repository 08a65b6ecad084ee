import type { Instant } from '../../facets'

/** A right that the main account gave to a sub-account (R160); `until` absent: not revoked. UTC ms. */
export interface StrategyGrant {
  readonly store: string
  readonly by: string
  readonly from: Instant
  readonly until?: Instant
}

/** An account that edits a store's strategies. The main account needs no grant. */
export type StrategyAccount =
  | { readonly account: 'main'; readonly id: string }
  | { readonly account: 'sub'; readonly id: string; readonly grants: readonly StrategyGrant[] }

/**
 * R160: the main account may always manage a store's strategies; a sub-account needs a grant for this store that is
 * valid now.
 */
export function mayManageStrategies(account: StrategyAccount, store: string, now: Instant): boolean {
  if (account.account === 'main') return true
  return account.grants.some((grant) => grant.store === store && isValidAt(grant, now))
}

const isValidAt = ({ from, until }: StrategyGrant, now: Instant): boolean =>
  from <= now && (until === undefined || now < until)

/** The grants of the sub-account after the change, or why it was refused. */
export type GrantResult =
  | { readonly type: 'granted'; readonly grants: readonly StrategyGrant[] }
  | { readonly type: 'refused'; readonly reason: 'OnlyTheMainAccountGrants' | 'AlreadyGranted' | 'NotGranted' }

/** R160: only the main account grants; a grantee cannot pass the right on. */
export function grantStrategies(
  by: StrategyAccount,
  to: Extract<StrategyAccount, { account: 'sub' }>,
  store: string,
  now: Instant,
): GrantResult {
  if (by.account !== 'main') return { type: 'refused', reason: 'OnlyTheMainAccountGrants' }
  if (mayManageStrategies(to, store, now)) return { type: 'refused', reason: 'AlreadyGranted' }
  return { type: 'granted', grants: [...to.grants, { store, by: by.id, from: now }] }
}

/**
 * R160: revokes a grant, effective at once. The grant stays in the list, to show later who was allowed to do what, and
 * when.
 */
export function revokeStrategies(
  by: StrategyAccount,
  from: Extract<StrategyAccount, { account: 'sub' }>,
  store: string,
  now: Instant,
): GrantResult {
  if (by.account !== 'main') return { type: 'refused', reason: 'OnlyTheMainAccountGrants' }
  if (!mayManageStrategies(from, store, now)) return { type: 'refused', reason: 'NotGranted' }
  const ended = (grant: StrategyGrant): StrategyGrant =>
    grant.store === store && isValidAt(grant, now) ? { ...grant, until: now } : grant
  return { type: 'granted', grants: from.grants.map(ended) }
}
