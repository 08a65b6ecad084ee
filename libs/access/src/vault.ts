import type { KeyObject } from 'node:crypto'
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hash,
  hkdfSync,
  timingSafeEqual,
} from 'node:crypto'

/**
 * Seals what must not be read at rest: raw messages, names, phones, secrets. AES-256-GCM under a key of each
 * organisation, derived from one master key; the purpose and the organisation are authenticated with it, so that a
 * sealed value cannot be moved to another place. The nonce is a keyed hash of the value: the same value is sealed to
 * the same bytes, which keeps replays equal byte for byte, and two different values never share a nonce.
 */
export interface Vault {
  seal(org: number, purpose: Purpose, value: Buffer | string): Buffer
  /** Throws `Unsealable` for bytes that were not sealed here, for this organisation and purpose. */
  open(org: number, purpose: Purpose, sealed: Buffer): Buffer
  /** Equal for equal values: to search by without seeing. The key is as secret as the data: phones are few. */
  fingerprint(org: number, field: string, value: string): string
  /** 32 bytes that nobody can make without the key: proof that we said this, for this purpose. Of no organisation: what is said names it. */
  sign(purpose: SignedFor, said: Buffer): Buffer
}

/** What a signature is for; one made for the one is not valid for the other. */
export type SignedFor = 'evidence-link' | 'confirmation'

export type Purpose = 'message' | 'buyer' | 'secret' | 'evidence'

export class Unsealable extends Error {
  constructor() {
    super('this value was not sealed with this key, for this organisation and purpose')
  }
}

/** What belongs to one organisation and purpose. */
interface Place {
  readonly name: Buffer
  readonly sealing: KeyObject
  /** The key that nonces are chosen by. */
  readonly choosing: Buffer
}

const VERSION = 1
const NONCE = 12
const TAG = 16

export function openVault(masterKey: Buffer): Vault {
  if (masterKey.length !== 32) throw new RangeError('the master key must be 32 bytes')
  const derive = (info: string): Buffer => Buffer.from(hkdfSync('sha256', masterKey, 'shouhou', info, 32))
  const keys = new Map<string, Buffer>()
  const keyOf = (info: string): Buffer => {
    const known = keys.get(info)
    if (known !== undefined) return known
    const key = derive(info)
    keys.set(info, key)
    return key
  }
  const places = new Map<string, Place>()
  const placeOf = (org: number, purpose: Purpose): Place => {
    const name = `${org}/${purpose}`
    const known = places.get(name)
    if (known !== undefined) return known
    const place = {
      name: Buffer.from(name),
      sealing: createSecretKey(derive(`seal/${name}`)),
      choosing: derive(`nonce/${name}`),
    }
    places.set(name, place)
    return place
  }
  return {
    seal(org, purpose, value) {
      const { name, sealing, choosing } = placeOf(org, purpose)
      const keyed = behind(choosing, value)
      const plain = keyed.subarray(choosing.length)
      // Key before value, and cut to 96 of 256 bits: what is cut off is what a length extension would need. One call
      // costs a third of what an HMAC object does, and every message that comes in pays for it.
      const nonce = hash('sha256', keyed, 'buffer').subarray(0, NONCE)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce)
      cipher.setAAD(name)
      const body = cipher.update(plain)
      cipher.final()
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body])
    },
    open(org, purpose, sealed) {
      const { name, sealing } = placeOf(org, purpose)
      if (sealed.length < 1 + NONCE + TAG || sealed[0] !== VERSION) throw new Unsealable()
      const opener = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(1, 1 + NONCE))
      opener.setAAD(name)
      opener.setAuthTag(sealed.subarray(1 + NONCE, 1 + NONCE + TAG))
      try {
        const plain = opener.update(sealed.subarray(1 + NONCE + TAG))
        opener.final()
        return plain
      } catch {
        throw new Unsealable()
      }
    },
    fingerprint(org, field, value) {
      return createHmac('sha256', keyOf(`find/${org}/${field}`))
        .update(value.normalize('NFKC').trim())
        .digest('base64url')
        .slice(0, 22)
    },
    sign: (purpose, said) =>
      createHmac('sha256', keyOf(`sign/${purpose}`))
        .update(said)
        .digest(),
  }
}

/** The value behind the key, written once. */
function behind(key: Buffer, value: Buffer | string): Buffer {
  if (typeof value !== 'string') return Buffer.concat([key, value])
  const keyed = Buffer.allocUnsafe(key.length + Buffer.byteLength(value))
  key.copy(keyed)
  keyed.write(value, key.length)
  return keyed
}

/** Compares secrets in a time that does not tell how much of them is right. */
export const sameSecret = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
