import type { KeyObject } from 'node:crypto'
import { createHmac, createSecretKey, hash, hkdfSync } from 'node:crypto'
import { NONCE_BYTES, nonceInput, decryptGcm, encryptGcm, randomNonce } from './gcm'
import { fingerprintBy } from './master-key'
import type { Place, SealedColumn } from './places'

export const SECOND_FORMAT = 2
export const KEY_ID_BYTES = 4
const HEAD_LENGTH = 1 + KEY_ID_BYTES

interface DerivedKeys {
  readonly sealingKey: KeyObject
  /** The key from which nonces are derived. */
  readonly nonceKey: Buffer
}

/** The short id of an organisation's key, eight hex digits, stored in every value sealed with the key. */
export const organisationKeyId = (key: Buffer): string =>
  createHmac('sha256', key)
    .update('shouhou organisation key id')
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES)

/**
 * The key of one organisation, random, 32 bytes. Values of the second format are `2 · key id · nonce · tag · body`; format,
 * organisation, table, column and row are authenticated as additional data (AAD).
 */
export class OrganisationKey {
  readonly id: string
  private readonly head: Buffer
  private readonly columns = new Map<SealedColumn, DerivedKeys>()
  private readonly fields = new Map<string, Buffer>()

  constructor(private readonly key: Buffer) {
    this.id = organisationKeyId(key)
    this.head = Buffer.concat([Buffer.of(SECOND_FORMAT), Buffer.from(this.id, 'hex')])
  }

  seal(place: Place, value: Buffer | string): Buffer {
    const { sealingKey, nonceKey } = this.derived(place.column)
    const associatedData = associatedDataOf(place)
    const input = nonceInput(nonceKey, associatedData, value)
    // The place is hashed into the nonce, so equal values in two rows get different nonces and cannot be recognised as
    // equal.
    // As hex: half the cost of a digest in a buffer of its own.
    const nonce = Buffer.from(hash('sha256', input, 'hex').slice(0, 2 * NONCE_BYTES), 'hex')
    return encryptGcm(
      sealingKey,
      this.head,
      nonce,
      associatedData,
      input.subarray(nonceKey.length + associatedData.length),
    )
  }

  /**
   * Equal values give different bytes: for what is sealed once and never compared. It costs a fifth less than `seal`. The
   * key of one column may seal 2^32 values by random nonces (NIST SP 800-38D, 8.3).
   */
  sealRandomly(place: Place, value: string): Buffer {
    return encryptGcm(this.derived(place.column).sealingKey, this.head, randomNonce(), associatedDataOf(place), value)
  }

  /** @throws Unsealable */
  open(place: Place, value: Buffer): Buffer {
    return decryptGcm(this.derived(place.column).sealingKey, value, HEAD_LENGTH, associatedDataOf(place))
  }

  fingerprint(field: string, value: string): string {
    const known = this.fields.get(field)
    const key = known ?? this.derive(`find/${field}`)
    if (known === undefined) this.fields.set(field, key)
    return fingerprintBy(key, value)
  }

  private derived(column: SealedColumn): DerivedKeys {
    const known = this.columns.get(column)
    if (known !== undefined) return known
    const derived = {
      sealingKey: createSecretKey(this.derive(`seal/${column}`)),
      nonceKey: this.derive(`nonce/${column}`),
    }
    this.columns.set(column, derived)
    return derived
  }

  private derive(info: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, 'shouhou', info, 32))
  }
}

/** No part contains NUL, so the encoding is unambiguous: two places never give the same bytes. */
const associatedDataOf = ({ org, column, row }: Place): Buffer =>
  Buffer.from(`${SECOND_FORMAT}\0${org}\0${column}\0${row}\0`)
