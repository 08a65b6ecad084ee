import { Column, Entity, PrimaryColumn } from 'typeorm'
import { BigintColumn } from '#event-store'

/** A public key of a person's device (WebAuthn). It is a second factor: the password comes first. */
@Entity({ name: 'passkey' })
export class PasskeyEntity {
  @PrimaryColumn({ type: 'uuid' })
  readonly id: string

  @Column({ type: 'uuid' })
  readonly person: string

  /** The id that the authenticator gave it. */
  @Column({ type: 'bytea' })
  readonly credential: Buffer

  /** COSE, as the authenticator sent it. */
  @Column({ name: 'public_key', type: 'bytea' })
  readonly publicKey: Buffer

  /** Signatures that the authenticator says it has made; 0 always: it does not count. */
  @BigintColumn()
  readonly counter: number

  /** The host name that it was made for. Browsers offer it nowhere else. */
  @Column({ name: 'rp_id', type: 'text' })
  readonly rpId: string

  @Column({ type: 'text' })
  readonly name: string

  @Column({ type: 'text', array: true })
  readonly transports: string[]

  @BigintColumn({ name: 'created_at' })
  readonly createdAt: number

  @BigintColumn({ name: 'last_used_at', nullable: true })
  readonly lastUsedAt: number | null
}
