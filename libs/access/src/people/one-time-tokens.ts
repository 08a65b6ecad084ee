import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { IsNull, MoreThan } from 'typeorm'
import { OneTimeLinkEntity } from './entities/one-time-link.entity'
import type { LinkPurpose } from './links'
import { hashOfToken, newToken } from './tokens'

type TokenPurpose = LinkPurpose | 'second-factor'

const VALIDITY_MS: Readonly<Record<TokenPurpose, number>> = {
  owner: 24 * 3_600_000,
  invite: 7 * 24 * 3_600_000,
  demo: 24 * 3_600_000,
  reset: 24 * 3_600_000,
  'second-factor': 5 * 60_000,
}

export interface NewLink {
  readonly purpose: TokenPurpose
  readonly org: number
  readonly person?: string
  readonly role?: string
  readonly stores?: number[] | null
  readonly login?: string
  readonly madeBy?: string
  /** The first factor was the organisation's provider. */
  readonly oidc?: boolean
}

export interface MadeLink {
  readonly id: string
  readonly token: string
  readonly expiresAt: number
}

export async function makeLink(manager: EntityManager, link: NewLink, now: number): Promise<MadeLink> {
  const id = randomUUID()
  const token = newToken()
  const expiresAt = now + VALIDITY_MS[link.purpose]
  await manager.getRepository(OneTimeLinkEntity).insert({
    ...{ id, token: hashOfToken(token), purpose: link.purpose, org: link.org },
    ...{ person: link.person ?? null, role: link.role ?? null, stores: link.stores ?? null, login: link.login ?? null },
    ...{ madeBy: link.madeBy ?? null, madeAt: now, expiresAt, endedAt: null, oidc: link.oidc ?? false },
  })
  return { id, token, expiresAt }
}

const whereUsable = (now: number) => ({ endedAt: IsNull(), expiresAt: MoreThan(now) })

/** A link that can still be used. */
export const findLink = (manager: EntityManager, token: string, now: number): Promise<OneTimeLinkEntity | null> =>
  manager.getRepository(OneTimeLinkEntity).findOneBy({ token: hashOfToken(token), ...whereUsable(now) })

/** Uses up the link, by compare and set: of concurrent calls exactly one returns `true`. */
export async function useLink(manager: EntityManager, id: string, now: number): Promise<boolean> {
  const { affected } = await manager
    .getRepository(OneTimeLinkEntity)
    .update({ id, ...whereUsable(now) }, { endedAt: now })
  return affected === 1
}

/** Invalidates earlier links. */
export async function voidLinks(
  manager: EntityManager,
  which: { readonly org?: number; readonly purpose: TokenPurpose; readonly person?: string },
  now: number,
): Promise<void> {
  await manager.getRepository(OneTimeLinkEntity).update({ ...which, endedAt: IsNull() }, { endedAt: now })
}
