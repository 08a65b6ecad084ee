import type { KeyObject } from 'node:crypto'
import { createHmac, createSecretKey, hash, hkdfSync } from 'node:crypto'
import { NONCE, behind, opened, sealed } from './gcm'
import { fingerprintBy } from './master-key'
import type { Place, SealedColumn } from './places'

export const SECOND_FORMAT = 2
export const KEY_ID_BYTES = 4
const HEAD_LENGTH = 1 + KEY_ID_BYTES

interface Derived {
  readonly sealing: KeyObject
  /** The key that nonces are chosen by. */
  readonly choosing: Buffer
}

/** The short id of an organisation's key, eight hex digits, as it stands in every value that the key seals. */
export const organisationKeyId = (key: Buffer): string =>
  createHmac('sha256', key)
    .update('shouhou organisation key id')
    .digest('hex')
    .slice(0, 2 * KEY_ID_BYTES)

/**
 * The key of one organisation, random, 32 bytes. Values of the second format are `2 · key id · nonce · tag · body`; format,
 * organisation, table, column and row are authenticated beside the value.
 */
export class OrganisationKey {
  readonly id: string
  private readonly head: Buffer
  private readonly columns = new Map<SealedColumn, Derived>()
  private readonly fields = new Map<string, Buffer>()

  constructor(private readonly key: Buffer) {
    this.id = organisationKeyId(key)
    this.head = Buffer.concat([Buffer.of(SECOND_FORMAT), Buffer.from(this.id, 'hex')])
  }

  seal(place: Place, value: Buffer | string): Buffer {
    const { sealing, choosing } = this.derived(place.column)
    const beside = besideOf(place)
    const keyed = behind(choosing, beside, value)
    // The place is in the nonce as well: one value in two rows has two nonces, which does not reveal that it is the same one.
    const nonce = hash('sha256', keyed, 'buffer').subarray(0, NONCE)
    return sealed(sealing, this.head, nonce, beside, keyed.subarray(choosing.length + beside.length))
  }

  /** @throws Unsealable */
  open(place: Place, value: Buffer): Buffer {
    return opened(this.derived(place.column).sealing, value, HEAD_LENGTH, besideOf(place))
  }

  fingerprint(field: string, value: string): string {
    const known = this.fields.get(field)
    const key = known ?? this.derive(`find/${field}`)
    if (known === undefined) this.fields.set(field, key)
    return fingerprintBy(key, value)
  }

  private derived(column: SealedColumn): Derived {
    const known = this.columns.get(column)
    if (known !== undefined) return known
    const derived = {
      sealing: createSecretKey(this.derive(`seal/${column}`)),
      choosing: this.derive(`nonce/${column}`),
    }
    this.columns.set(column, derived)
    return derived
  }

  private derive(info: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, 'shouhou', info, 32))
  }
}

/** No part holds a NUL and the last one ends the text, so two places never read alike. */
const besideOf = ({ org, column, row }: Place): Buffer => Buffer.from(`${SECOND_FORMAT}\0${org}\0${column}\0${row}\0`)
