import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { AppealKind, ItemResult } from '#after-sale'
import { BigintColumn } from '#event-store'

/** The outcome of one item of an appeal. Instants are UTC ms, amounts fen; null: not known, or not yet. */
@Entity({ name: 'appeal_result' })
export class AppealResultEntity {
  @PrimaryColumn({ type: 'uuid' })
  readonly stream: string

  @PrimaryColumn({ type: 'text' })
  readonly appeal: string

  @PrimaryColumn({ type: 'text' })
  readonly kind: AppealKind

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'int' })
  readonly store: number

  @BigintColumn({ name: 'filed_at' })
  readonly filedAt: number

  @BigintColumn({ nullable: true })
  readonly claimed: number | null

  @Column({ type: 'text' })
  readonly result: ItemResult

  @BigintColumn({ nullable: true })
  readonly recovered: number | null

  @BigintColumn({ name: 'decided_at', nullable: true })
  readonly decidedAt: number | null
}
