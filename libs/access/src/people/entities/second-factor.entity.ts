import { Column, Entity, PrimaryColumn } from 'typeorm'
import { BigintColumn } from '#event-store'

/** The secret of an authenticator app. `secret` is sealed; it counts once it is confirmed. */
@Entity({ name: 'totp' })
export class TotpEntity {
  @PrimaryColumn({ type: 'uuid' })
  readonly id: string

  @Column({ type: 'uuid' })
  readonly person: string

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'bytea' })
  readonly secret: Buffer

  @BigintColumn({ name: 'created_at' })
  readonly createdAt: number

  @BigintColumn({ name: 'confirmed_at', nullable: true })
  readonly confirmedAt: number | null

  @BigintColumn({ name: 'last_step' })
  readonly lastStep: number
}

/** Stands in for a lost device, once. */
@Entity({ name: 'recovery_code' })
export class RecoveryCodeEntity {
  @PrimaryColumn({ type: 'uuid' })
  readonly person: string

  @PrimaryColumn({ type: 'bytea' })
  readonly hash: Buffer

  @BigintColumn({ name: 'used_at', nullable: true })
  readonly usedAt: number | null
}
