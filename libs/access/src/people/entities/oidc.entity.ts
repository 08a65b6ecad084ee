import { Column, Entity, PrimaryColumn } from 'typeorm'
import { BigintColumn } from '#event-store'
import type { RoleValue } from '../oidc/oidc'

/** How an organisation's people log in through its own provider. */
@Entity({ name: 'oidc_provider' })
export class OidcProviderEntity {
  @PrimaryColumn({ type: 'int' })
  readonly org: number

  @Column({ name: 'login_key', type: 'text' })
  readonly loginKey: string

  @Column({ type: 'text' })
  readonly issuer: string

  @Column({ name: 'client_id', type: 'text' })
  readonly clientId: string

  @Column({ name: 'client_secret', type: 'bytea' })
  readonly clientSecret: Buffer

  @Column({ name: 'email_domains', type: 'text', array: true })
  readonly emailDomains: string[]

  @Column({ name: 'role_claim', type: 'text', nullable: true })
  readonly roleClaim: string | null

  @Column({ name: 'role_values', type: 'jsonb' })
  readonly roleValues: readonly RoleValue[]

  @Column({ type: 'boolean' })
  readonly required: boolean

  @BigintColumn({ name: 'changed_at' })
  readonly changedAt: number
}

/** The way of one browser to the provider and back. */
@Entity({ name: 'oidc_attempt' })
export class OidcAttemptEntity {
  @PrimaryColumn({ type: 'bytea' })
  readonly state: Buffer

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'text' })
  readonly purpose: string

  @Column({ type: 'bytea' })
  readonly browser: Buffer

  @Column({ type: 'uuid', nullable: true })
  readonly session: string | null

  @Column({ type: 'uuid', nullable: true })
  readonly link: string | null

  @Column({ type: 'text', nullable: true })
  readonly login: string | null

  @Column({ name: 'display_name', type: 'text', nullable: true })
  readonly displayName: string | null

  @BigintColumn({ name: 'began_at' })
  readonly beganAt: number

  @BigintColumn({ name: 'expires_at' })
  readonly expiresAt: number

  @BigintColumn({ name: 'used_at', nullable: true })
  readonly usedAt: number | null
}

/** A person as the provider knows them. */
@Entity({ name: 'oidc_subject' })
export class OidcSubjectEntity {
  @PrimaryColumn({ type: 'int' })
  readonly org: number

  @PrimaryColumn({ type: 'text' })
  readonly issuer: string

  @PrimaryColumn({ type: 'text' })
  readonly subject: string

  @Column({ type: 'uuid' })
  readonly person: string

  @BigintColumn({ name: 'linked_at' })
  readonly linkedAt: number

  @BigintColumn({ name: 'last_used_at', nullable: true })
  readonly lastUsedAt: number | null
}
