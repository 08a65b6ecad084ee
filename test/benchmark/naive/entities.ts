/** The tables of the naive peer, in the style of TypeORM's handbook: one entity class per table, one save per row. */
import { Column, Entity, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm'

@Entity('naive_message')
export class NaiveMessage {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string

  @Index({ unique: true })
  @Column('text')
  key: string

  @Column('text')
  raw: string

  @Index()
  @Column('boolean', { default: false })
  done: boolean
}

@Entity('naive_case')
@Index(['shop', 'caseNumber'], { unique: true })
export class NaiveCase {
  @PrimaryGeneratedColumn('uuid')
  id: string

  @Column('text')
  shop: string

  @Column('text')
  caseNumber: string

  @Column('text')
  orderNumber: string

  @Column('int')
  version: number

  @Column('int')
  status: number

  @Column('int')
  type: number

  @Column('int')
  amountFen: number

  @Column('timestamptz')
  revision: Date

  @Column('jsonb')
  state: object
}

@Entity('naive_event')
@Index(['caseId', 'version'], { unique: true })
export class NaiveEvent {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string

  @Column('uuid')
  caseId: string

  @Column('int')
  version: number

  @Column('text')
  type: string

  @Column('jsonb')
  body: object

  @Column('bigint')
  messageId: string

  @Column('timestamptz')
  recordedAt: Date
}

@Entity('naive_queue_row')
@Index(['shop', 'turn', 'dueAt', 'caseId'])
@Index(['shop', 'turn', 'amountFen', 'caseId'])
export class NaiveQueueRow {
  @PrimaryColumn('uuid')
  caseId: string

  @Column('text')
  shop: string

  @Column('text')
  turn: string

  @Column('int')
  status: number

  @Column('timestamptz', { nullable: true })
  dueAt: Date | null

  @Column('int')
  amountFen: number

  @Index()
  @Column('text')
  orderNumber: string
}

@Entity('naive_timer')
export class NaiveTimer {
  @PrimaryColumn('uuid')
  caseId: string

  @Index()
  @Column('timestamptz')
  dueAt: Date
}

@Entity('naive_outgoing')
export class NaiveOutgoing {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id: string

  @Column('uuid')
  caseId: string

  @Column('text')
  type: string

  @Column('jsonb')
  body: object
}

export const NAIVE_ENTITIES = [NaiveMessage, NaiveCase, NaiveEvent, NaiveQueueRow, NaiveTimer, NaiveOutgoing]
