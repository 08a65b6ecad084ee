import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'
import { BigintColumn } from '#event-store'
import { JsonColumn } from '../json-column'

/** Why a trial has no report: an error, its console was stopped, or its console died. */
export type TrialEnd = 'trouble' | 'stopped' | 'broken-off'

/** A trial of one version on recorded cases. `report` is set once it is `done`, `reason` if it `failed`. Instants are UTC ms. */
@Entity({ name: 'trial' })
export class TrialEntity {
  @PrimaryGeneratedColumn('identity', { type: 'int', generatedIdentity: 'ALWAYS' })
  readonly id: number

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'int' })
  readonly strategy: number

  @Column({ type: 'int' })
  readonly version: number

  @Column({ type: 'int', array: true })
  readonly stores: readonly number[]

  @BigintColumn({ name: 'from_at' })
  readonly from: number

  @BigintColumn({ name: 'to_at' })
  readonly to: number

  @Column({ type: 'text' })
  readonly state: 'running' | 'done' | 'failed'

  @Column({ type: 'text', nullable: true })
  readonly reason: TrialEnd | null

  @JsonColumn({ nullable: true })
  readonly report: unknown

  @BigintColumn({ name: 'started_at' })
  readonly startedAt: number

  @BigintColumn({ name: 'finished_at', nullable: true })
  readonly finishedAt: number | null

  /** The end of the lease of the console that runs it, by the database's clock. */
  @Column({ name: 'alive_until', type: 'timestamptz', nullable: true })
  readonly aliveUntil: Date | null
}
