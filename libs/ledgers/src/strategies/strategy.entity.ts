import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm'
import { BigintColumn } from '#event-store'
import { JsonColumn } from '../json-column'

/** A strategy: a policy of the model under a name that people give it. Instants are UTC ms. */
@Entity({ name: 'strategy' })
export class StrategyEntity {
  @PrimaryGeneratedColumn('identity', { type: 'int', generatedIdentity: 'ALWAYS' })
  readonly id: number

  @Column({ type: 'int' })
  readonly org: number

  /** May be a policy that this version of the code does not know, during an upgrade or after one: see `armedStrategyOf` of the model. */
  @Column({ type: 'text' })
  readonly policy: string

  @Column({ type: 'text' })
  readonly name: string

  @BigintColumn({ name: 'created_at' })
  readonly createdAt: number

  @Column({ name: 'created_by', type: 'text' })
  readonly createdBy: string
}

/** The settings of a strategy, as they were at one time; never changed. */
@Entity({ name: 'strategy_version' })
export class StrategyVersionEntity {
  @PrimaryColumn({ type: 'int' })
  readonly strategy: number

  @PrimaryColumn({ type: 'int' })
  readonly version: number

  @Column({ type: 'int' })
  readonly org: number

  @JsonColumn()
  readonly settings: unknown

  @BigintColumn({ name: 'created_at' })
  readonly createdAt: number

  @Column({ name: 'created_by', type: 'text' })
  readonly createdBy: string
}
