import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm'
import { BigintColumn } from '#event-store'

/** The right of an account to work at a store's strategies (R160). Ended grants stay as an audit trail. Instants are UTC ms. */
@Entity({ name: 'strategy_grant' })
export class GrantEntity {
  @PrimaryGeneratedColumn('identity', { type: 'int', generatedIdentity: 'ALWAYS' })
  readonly id: number

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'text' })
  readonly account: string

  /** Null for a grant of the time before people: `account` is the login of the person. */
  @Column({ type: 'uuid', nullable: true })
  readonly person: string | null

  @Column({ type: 'int' })
  readonly store: number

  @BigintColumn({ name: 'granted_at' })
  readonly grantedAt: number

  @Column({ name: 'granted_by', type: 'text' })
  readonly grantedBy: string

  @BigintColumn({ name: 'ended_at', nullable: true })
  readonly endedAt: number | null

  @Column({ name: 'ended_by', type: 'text', nullable: true })
  readonly endedBy: string | null
}

/** The account that acts as an organisation's main account. */
@Entity({ name: 'main_account' })
export class MainAccountEntity {
  @PrimaryColumn({ type: 'int' })
  readonly org: number

  @Column({ type: 'text' })
  readonly account: string

  @BigintColumn({ name: 'named_at' })
  readonly namedAt: number

  @Column({ name: 'named_by', type: 'text' })
  readonly namedBy: string
}
