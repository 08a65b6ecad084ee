import type { KeyObject } from 'node:crypto'
import { createHmac, createSecretKey, hash, hkdfSync, randomBytes } from 'node:crypto'
import { NONCE_BYTES, nonceInput, decryptGcm, encryptGcm } from './gcm'
import { SEALED_COLUMNS } from './places'
import type { Place } from './places'
import { Unsealable } from './errors'

export const FIRST_FORMAT = 1
const FORMAT_BYTE = Buffer.of(FIRST_FORMAT)
const EMPTY = Buffer.alloc(0)

interface DerivedKeys {
  readonly name: Buffer
  readonly sealingKey: KeyObject
  /** The key from which nonces are derived. */
  readonly nonceKey: Buffer
}

/**
 * One master key of 32 bytes. It wraps the keys of organisations, and seals and opens values of the first format:
 * `1 · nonce · tag · body`, bound to organisation and purpose only, under keys derived from the master key itself.
 */
export class MasterKey {
  /** Eight hex digits that distinguish keys and reveal nothing about them. */
  readonly id: string
  /** A check value of 32 bytes, stored in the database so that a wrong key is detected. */
  readonly check: Buffer
  private readonly keys = new Map<string, Buffer>()
  private readonly places = new Map<string, DerivedKeys>()

  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new RangeError('the master key must be 32 bytes')
    this.id = createHmac('sha256', key).update('shouhou key id').digest('hex').slice(0, 8)
    this.check = createHmac('sha256', key).update('shouhou key check').digest()
  }

  seal({ org, column }: Place, value: Buffer | string): Buffer {
    const { name, sealingKey, nonceKey } = this.derived(org, SEALED_COLUMNS[column])
    const input = nonceInput(nonceKey, EMPTY, value)
    // A hash of key and value is enough: it is truncated to 96 of 256 bits, and a length extension needs all of them. One
    // call costs a third of an HMAC object, and it is made for every received message.
    const nonce = hash('sha256', input, 'buffer').subarray(0, NONCE_BYTES)
    return encryptGcm(sealingKey, FORMAT_BYTE, nonce, name, input.subarray(nonceKey.length))
  }

  /** @throws Unsealable */
  open({ org, column }: Place, value: Buffer): Buffer {
    const { name, sealingKey } = this.derived(org, SEALED_COLUMNS[column])
    return decryptGcm(sealingKey, value, FORMAT_BYTE.length, name)
  }

  fingerprint(org: number, field: string, value: string): string {
    return fingerprintBy(this.derive(`find/${org}/${field}`), value)
  }

  sign(purpose: string, payload: Buffer): Buffer {
    return createHmac('sha256', this.derive(`sign/${purpose}`))
      .update(payload)
      .digest()
  }

  /** Wraps the key of an organisation for storage: `nonce · tag · body`, bound to that organisation and id. */
  wrap(org: number, id: string, dataKey: Buffer): Buffer {
    return encryptGcm(this.wrappingKey(), EMPTY, randomBytes(NONCE_BYTES), wrapName(org, id), dataKey)
  }

  /** @throws Unsealable */
  unwrap(org: number, id: string, wrapped: Buffer): Buffer {
    const key = decryptGcm(this.wrappingKey(), wrapped, 0, wrapName(org, id))
    if (key.length !== 32) throw new Unsealable()
    return key
  }

  private wrappingKey(): KeyObject {
    return createSecretKey(this.derive('wrap'))
  }

  private derived(org: number, purpose: string): DerivedKeys {
    const name = `${org}/${purpose}`
    const known = this.places.get(name)
    if (known !== undefined) return known
    const place = {
      name: Buffer.from(name),
      sealingKey: createSecretKey(this.derive(`seal/${name}`)),
      nonceKey: this.derive(`nonce/${name}`),
    }
    this.places.set(name, place)
    return place
  }

  private derive(info: string): Buffer {
    const known = this.keys.get(info)
    if (known !== undefined) return known
    const key = Buffer.from(hkdfSync('sha256', this.key, 'shouhou', info, 32))
    this.keys.set(info, key)
    return key
  }
}

const wrapName = (org: number, id: string): Buffer => Buffer.from(`organisation_key\0${org}\0${id}`)

/** Equal for equal values, however they are typed. */
export const fingerprintBy = (key: Buffer, value: string): string =>
  createHmac('sha256', key).update(value.normalize('NFKC').trim()).digest('base64url').slice(0, 22)
