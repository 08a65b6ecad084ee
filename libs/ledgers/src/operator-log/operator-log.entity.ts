import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'
import { BigintColumn } from '#event-store'

/** Actions that are logged because the rows they change do not record who did them, or only who did so last. */
export type LoggedAction =
  'quarantine.run-again' | 'dead-letter.send-again' | 'trial.start' | 'main-account.name' | 'evidence.judge'

/** Who did what, and when (UTC ms). Append only: a trigger refuses changes. `subject`: the id of what was changed. */
@Entity({ name: 'operator_log' })
export class OperatorLogEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  readonly id: number

  @Column({ type: 'int' })
  readonly org: number

  @BigintColumn()
  readonly at: number

  @Column({ type: 'text' })
  readonly operator: string

  @Column({ type: 'text' })
  readonly what: LoggedAction

  @Column({ type: 'text' })
  readonly subject: string
}
