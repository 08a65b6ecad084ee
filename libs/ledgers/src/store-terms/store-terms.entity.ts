import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { StoreTermsDocument } from '#after-sale'
import { BigintColumn } from '#event-store'
import { JsonColumn } from '../json-column'

/** One version of what a merchant states about a store: hours, reasons, return address, services. Never changed. */
@Entity({ name: 'store_terms' })
export class StoreTermsEntity {
  @PrimaryColumn({ type: 'int' })
  readonly store: number

  @PrimaryColumn({ type: 'int' })
  readonly version: number

  @Column({ type: 'int' })
  readonly org: number

  @JsonColumn()
  readonly document: StoreTermsDocument

  @BigintColumn({ name: 'changed_at' })
  readonly changedAt: number

  @Column({ name: 'changed_by', type: 'text' })
  readonly changedBy: string
}
