import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'
import type { ArmedStrategy } from '#after-sale'
import { BigintColumn } from '#event-store'

/** A version of a strategy that is, or was, in force at one store. Rows stay as an audit trail. `cap`: fen a day. */
@Entity({ name: 'arming' })
export class ArmingEntity {
  @PrimaryGeneratedColumn('identity', { type: 'int', generatedIdentity: 'ALWAYS' })
  readonly id: number

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'int' })
  readonly store: number

  @Column({ type: 'int' })
  readonly strategy: number

  @Column({ type: 'int' })
  readonly version: number

  @Column({ type: 'text' })
  readonly mode: ArmedStrategy['mode']

  @BigintColumn()
  readonly cap: number

  @Column({ type: 'int', nullable: true })
  readonly trial: number | null

  @BigintColumn({ name: 'armed_at' })
  readonly armedAt: number

  @Column({ name: 'armed_by', type: 'text' })
  readonly armedBy: string

  @BigintColumn({ name: 'disarmed_at', nullable: true })
  readonly disarmedAt: number | null

  @Column({ name: 'disarmed_by', type: 'text', nullable: true })
  readonly disarmedBy: string | null
}
