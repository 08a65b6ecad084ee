import { Column, Entity, PrimaryColumn } from 'typeorm'
import { BigintColumn } from '#event-store'

/** A person who is signed in somewhere. `token` is a hash. */
@Entity({ name: 'session' })
export class SessionEntity {
  @PrimaryColumn({ type: 'uuid' })
  readonly id: string

  @Column({ type: 'bytea' })
  readonly token: Buffer

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'uuid' })
  readonly person: string

  @BigintColumn({ name: 'created_at' })
  readonly createdAt: number

  @BigintColumn({ name: 'last_seen_at' })
  readonly lastSeenAt: number

  @BigintColumn({ name: 'ends_at' })
  readonly endsAt: number

  @BigintColumn({ name: 'reauthenticated_at' })
  readonly reauthenticatedAt: number

  @Column({ name: 'user_agent', type: 'text' })
  readonly userAgent: string

  @Column({ type: 'text' })
  readonly address: string

  @BigintColumn({ name: 'revoked_at', nullable: true })
  readonly revokedAt: number | null

  /** Opened by the organisation's provider. */
  @Column({ type: 'boolean' })
  readonly oidc: boolean
}
