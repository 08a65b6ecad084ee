import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { EvidenceKind, EvidenceSubject } from '#after-sale'
import { BigintColumn } from '#event-store'

/** One piece of evidence of a case; its bytes are stored elsewhere, under the hash. Instants are UTC ms; null: not known. */
@Entity({ name: 'evidence_piece' })
export class EvidencePieceEntity {
  @PrimaryColumn({ type: 'uuid' })
  readonly stream: string

  /** SHA-256 of the bytes, lower hex. */
  @PrimaryColumn({ type: 'text' })
  readonly hash: string

  @Column({ type: 'int' })
  readonly org: number

  @Column({ type: 'int' })
  readonly store: number

  /** Media type. */
  @Column({ type: 'text' })
  readonly type: string

  @Column({ type: 'text' })
  readonly kind: EvidenceKind

  /** Size of the file. */
  @BigintColumn()
  readonly bytes: number

  /** Pixels, as `height`. */
  @Column({ type: 'int', nullable: true })
  readonly width: number | null

  @Column({ type: 'int', nullable: true })
  readonly height: number | null

  @Column({ type: 'text', nullable: true })
  readonly shows: EvidenceSubject | null

  @BigintColumn({ name: 'captured_at', nullable: true })
  readonly capturedAt: number | null

  @BigintColumn({ name: 'keep_until' })
  readonly keepUntil: number

  @Column({ name: 'added_by', type: 'text' })
  readonly addedBy: string

  @BigintColumn({ name: 'added_at' })
  readonly addedAt: number

  @Column({ name: 'judged_invalid', type: 'boolean', default: false })
  readonly judgedInvalid: boolean

  @Column({ name: 'judged_late', type: 'boolean', default: false })
  readonly judgedLate: boolean

  @Column({ name: 'judged_by', type: 'text', nullable: true })
  readonly judgedBy: string | null
}
