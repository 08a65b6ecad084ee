import { Column, Entity, PrimaryColumn } from 'typeorm'
import { BigintColumn } from '#event-store'

/** Allows the holder of its token to do something once. Only the hash of the token is stored. */
@Entity({ name: 'one_time_link' })
export class OneTimeLinkEntity {
  @PrimaryColumn({ type: 'uuid' })
  readonly id: string

  @Column({ type: 'bytea' })
  readonly token: Buffer

  /** A `LinkPurpose`, or `second-factor`: a password was right, the code is still wanted. */
  @Column({ type: 'text' })
  readonly purpose: string

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'uuid', nullable: true })
  readonly person: string | null

  @Column({ type: 'text', nullable: true })
  readonly role: string | null

  @Column({ type: 'int', array: true, nullable: true })
  readonly stores: number[] | null

  @Column({ type: 'text', nullable: true })
  readonly login: string | null

  @Column({ name: 'made_by', type: 'uuid', nullable: true })
  readonly madeBy: string | null

  @BigintColumn({ name: 'made_at' })
  readonly madeAt: number

  @BigintColumn({ name: 'expires_at' })
  readonly expiresAt: number

  @BigintColumn({ name: 'ended_at', nullable: true })
  readonly endedAt: number | null

  @Column({ type: 'boolean' })
  readonly oidc: boolean
}
