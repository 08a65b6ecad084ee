import type { EntityManager } from 'typeorm'
import type { AuditDetails } from '../audit/audit-entry'
import type { Actor, PersonActor, StoreRights } from './actor'
import type { Role } from './roles'

/** A person of an organisation. Instants are UTC ms. */
export interface Member {
  /** The person's id. */
  readonly id: string
  readonly login: string
  readonly displayName: string
  readonly role: Role
  readonly stores: StoreRights
  readonly grantedBy: string | null
  readonly grantedAt: number
  /** If set, the person may not sign in to this organisation. */
  readonly disabledAt: number | null
  readonly secondFactor: boolean
  readonly lastSeenAt: number | null
}

export interface Invitation {
  /** The link's id. */
  readonly id: string
  readonly role: Role
  readonly stores: StoreRights
  readonly login: string | null
  readonly invitedBy: string
  readonly expiresAt: number
}

export interface NewMember {
  readonly role: Role
  readonly stores: StoreRights
  /** Preset; otherwise the person chooses. */
  readonly login?: string
}

export type MemberRefusal =
  /** The organisation has no such person. */
  | 'no-such-person'
  /** At least one person must remain who may grant rights. */
  | 'last-owner'
  /** The actor has less than is to be given, or than the person has. */
  | 'more-than-own-rights'
  /** A store that is not the organisation's. */
  | 'no-such-store'
  | 'login-unusable'
  | 'login-taken'
  /** The person also works for another organisation, so this one may not set the password. */
  | 'also-member-elsewhere'

export type MemberResult =
  { readonly outcome: 'done' } | { readonly outcome: 'refused'; readonly reason: MemberRefusal }

export type LinkResult =
  | { readonly outcome: 'made'; readonly token: string; readonly expiresAt: number }
  | { readonly outcome: 'refused'; readonly reason: MemberRefusal }

/** Ends in a transaction what a person who is disabled holds elsewhere; answers what the audit says of it. */
export type AlsoEnds = (
  manager: EntityManager,
  person: { readonly id: string; readonly login: string },
) => Promise<AuditDetails>

/** Every write is audited in its own transaction. The caller checks the actor's permission (`people.write`). */
export interface Members {
  list(actor: Pick<Actor, 'org'>): Promise<Member[]>
  /** Invitations that were not opened yet. */
  invitations(actor: Pick<Actor, 'org'>): Promise<Invitation[]>
  invite(actor: PersonActor, member: NewMember): Promise<LinkResult>
  withdrawInvitation(actor: PersonActor, invitation: string): Promise<boolean>
  /** Revokes also what the person gave with rights that end: API keys, and invitations that were not opened yet. */
  changeRights(actor: PersonActor, person: string, rights: Pick<NewMember, 'role' | 'stores'>): Promise<MemberResult>
  /**
   * Ends the person's sessions here, and revokes the API keys and open invitations that the person made.
   * @param andAlso what else ends with it, in the same transaction
   */
  disable(actor: PersonActor, person: string, andAlso?: AlsoEnds): Promise<MemberResult>
  enable(actor: PersonActor, person: string): Promise<MemberResult>
  /** A link for a new password; once it is opened, all sessions of the person end. */
  resetLink(actor: PersonActor, person: string): Promise<LinkResult>
  /** For a person who lost the device and the recovery codes. */
  removeSecondFactor(actor: PersonActor, person: string): Promise<MemberResult>
}
