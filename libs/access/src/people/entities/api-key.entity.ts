import { Column, Entity, PrimaryColumn } from 'typeorm'
import { BigintColumn } from '#event-store'

/** A program's way in. `secret` is a hash. */
@Entity({ name: 'api_key' })
export class ApiKeyEntity {
  @PrimaryColumn({ type: 'text' })
  readonly id: string

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'text' })
  readonly label: string

  @Column({ type: 'bytea' })
  readonly secret: Buffer

  @Column({ type: 'text', array: true })
  readonly permissions: string[]

  @Column({ type: 'int', array: true, nullable: true })
  readonly stores: number[] | null

  @Column({ name: 'created_by', type: 'uuid' })
  readonly createdBy: string

  @BigintColumn({ name: 'created_at' })
  readonly createdAt: number

  @BigintColumn({ name: 'expires_at' })
  readonly expiresAt: number

  @BigintColumn({ name: 'last_used_at', nullable: true })
  readonly lastUsedAt: number | null

  @BigintColumn({ name: 'revoked_at', nullable: true })
  readonly revokedAt: number | null
}
