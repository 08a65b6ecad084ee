import { Column, Entity, PrimaryColumn } from 'typeorm'
import { BigintColumn } from '#event-store'

/** A person who signs in. Null: no password (the owner of the demonstration). */
@Entity({ name: 'person' })
export class PersonEntity {
  @PrimaryColumn({ type: 'uuid' })
  readonly id: string

  @Column({ type: 'text' })
  readonly login: string

  @Column({ name: 'display_name', type: 'text' })
  readonly displayName: string

  @Column({ name: 'password_hash', type: 'text', nullable: true })
  readonly passwordHash: string | null

  @BigintColumn({ name: 'created_at' })
  readonly createdAt: number
}

/** A person's rights in an organisation. `stores` null: all. */
@Entity({ name: 'membership' })
export class MembershipEntity {
  @PrimaryColumn({ type: 'int' })
  readonly org: number

  @PrimaryColumn({ type: 'uuid' })
  readonly person: string

  @Column({ type: 'text' })
  readonly role: string

  @Column({ type: 'int', array: true, nullable: true })
  readonly stores: number[] | null

  @Column({ name: 'granted_by', type: 'uuid', nullable: true })
  readonly grantedBy: string | null

  @BigintColumn({ name: 'granted_at' })
  readonly grantedAt: number

  @BigintColumn({ name: 'disabled_at', nullable: true })
  readonly disabledAt: number | null
}
