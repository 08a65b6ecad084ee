import type { Permission, Role } from './roles'

/** Stores that an actor may see: these, or all of the organisation, future ones included. */
export type StoreRights = 'all' | readonly number[]

interface ActorRights {
  readonly org: number
  readonly permissions: ReadonlySet<Permission>
  readonly stores: StoreRights
  /** A name to show: in logs and on the page. */
  readonly label: string
}

/** A person who is signed in. */
export interface PersonActor extends ActorRights {
  readonly kind: 'person'
  /** The person's id. */
  readonly id: string
  /** Names the person in strategy grants; never changes. */
  readonly login: string
  readonly role: Role
  /** The session's id. */
  readonly session: string
  readonly reauthenticatedAt: number
  /** The organisation's provider opened the session: it counts for this organisation only. */
  readonly oidc: boolean
}

/** A program with an API key. */
export interface KeyActor extends ActorRights {
  readonly kind: 'key'
  /** The key's id. */
  readonly id: string
}

/** Who acts, for which organisation, with which rights. Read again for each request, so that a change applies at once. */
export type Actor = PersonActor | KeyActor

export const may = (actor: Actor, permission: Permission): boolean => actor.permissions.has(permission)

export const mayAtStore = ({ stores }: Pick<Actor, 'stores'>, store: number): boolean =>
  stores === 'all' || stores.includes(store)

/**
 * Whether rights are at most those of their giver: no person or program is given more, the giver included.
 * A permission that only a later version of the code knows is more.
 */
export const isWithin = (
  { permissions, stores }: { readonly permissions: Iterable<string>; readonly stores: StoreRights },
  giver: { readonly permissions: ReadonlySet<string>; readonly stores: StoreRights },
): boolean =>
  (stores === 'all' ? giver.stores === 'all' : stores.every((store) => mayAtStore(giver, store))) &&
  [...permissions].every((permission) => giver.permissions.has(permission))

/** Names an actor in the audit: an id, never a name. */
export const actorRef = ({ kind, id }: Pick<Actor, 'kind' | 'id'>): string => `${kind}:${id}`
