import type { KeyObject } from 'node:crypto'
import { createHmac, createSecretKey, hash, hkdfSync, randomBytes } from 'node:crypto'
import { NONCE, behind, opened, sealed } from './gcm'
import { SEALED_COLUMNS } from './places'
import type { Place } from './places'
import { Unsealable } from './unsealable'

export const FIRST_FORMAT = 1
const HEAD = Buffer.of(FIRST_FORMAT)
const NOTHING = Buffer.alloc(0)

interface Derived {
  readonly name: Buffer
  readonly sealing: KeyObject
  /** The key that nonces are chosen by. */
  readonly choosing: Buffer
}

/**
 * One master key of 32 bytes. It wraps the keys of organisations, and seals and opens values of the first format:
 * `1 · nonce · tag · body`, bound to organisation and purpose only, under keys derived from the master key itself.
 */
export class MasterKey {
  /** Eight hex digits that distinguish keys and reveal nothing about them. */
  readonly id: string
  /** What a database keeps so that a wrong key is known by it. 32 bytes. */
  readonly check: Buffer
  private readonly keys = new Map<string, Buffer>()
  private readonly places = new Map<string, Derived>()

  constructor(private readonly key: Buffer) {
    if (key.length !== 32) throw new RangeError('the master key must be 32 bytes')
    this.id = createHmac('sha256', key).update('shouhou key id').digest('hex').slice(0, 8)
    this.check = createHmac('sha256', key).update('shouhou key check').digest()
  }

  seal({ org, column }: Place, value: Buffer | string): Buffer {
    const { name, sealing, choosing } = this.derived(org, SEALED_COLUMNS[column])
    const keyed = behind(choosing, NOTHING, value)
    // Key before value, and cut to 96 of 256 bits: what is cut off is what a length extension would need. One call
    // costs a third of what an HMAC object does, and every message that is received pays for it.
    const nonce = hash('sha256', keyed, 'buffer').subarray(0, NONCE)
    return sealed(sealing, HEAD, nonce, name, keyed.subarray(choosing.length))
  }

  /** @throws Unsealable */
  open({ org, column }: Place, value: Buffer): Buffer {
    const { name, sealing } = this.derived(org, SEALED_COLUMNS[column])
    return opened(sealing, value, HEAD.length, name)
  }

  fingerprint(org: number, field: string, value: string): string {
    return fingerprintBy(this.derive(`find/${org}/${field}`), value)
  }

  sign(purpose: string, said: Buffer): Buffer {
    return createHmac('sha256', this.derive(`sign/${purpose}`))
      .update(said)
      .digest()
  }

  /** The key of an organisation as it is kept: `nonce · tag · body`, for that organisation and id only. */
  wrap(org: number, id: string, dataKey: Buffer): Buffer {
    return sealed(this.wrapping(), NOTHING, randomBytes(NONCE), wrapName(org, id), dataKey)
  }

  /** @throws Unsealable */
  unwrap(org: number, id: string, wrapped: Buffer): Buffer {
    const key = opened(this.wrapping(), wrapped, 0, wrapName(org, id))
    if (key.length !== 32) throw new Unsealable()
    return key
  }

  private wrapping(): KeyObject {
    return createSecretKey(this.derive('wrap'))
  }

  private derived(org: number, purpose: string): Derived {
    const name = `${org}/${purpose}`
    const known = this.places.get(name)
    if (known !== undefined) return known
    const place = {
      name: Buffer.from(name),
      sealing: createSecretKey(this.derive(`seal/${name}`)),
      choosing: this.derive(`nonce/${name}`),
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
