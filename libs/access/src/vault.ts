import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

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
}

export type Purpose = 'message' | 'buyer' | 'secret'

export class Unsealable extends Error {
  constructor() {
    super('this value was not sealed with this key, for this organisation and purpose')
  }
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
  return {
    seal(org, purpose, value) {
      const place = `${org}/${purpose}`
      const plain = typeof value === 'string' ? Buffer.from(value, 'utf8') : value
      const nonce = createHmac('sha256', keyOf(`nonce/${place}`)).update(plain).digest().subarray(0, NONCE)
      const cipher = createCipheriv('aes-256-gcm', keyOf(`seal/${place}`), nonce)
      cipher.setAAD(Buffer.from(place))
      const body = cipher.update(plain)
      cipher.final()
      return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body])
    },
    open(org, purpose, sealed) {
      const place = `${org}/${purpose}`
      if (sealed.length < 1 + NONCE + TAG || sealed[0] !== VERSION) throw new Unsealable()
      const opener = createDecipheriv('aes-256-gcm', keyOf(`seal/${place}`), sealed.subarray(1, 1 + NONCE))
      opener.setAAD(Buffer.from(place))
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
      return createHmac('sha256', keyOf(`find/${org}/${field}`)).update(value.normalize('NFKC').trim()).digest('base64url').slice(0, 22)
    },
  }
}

/** Compares secrets in a time that does not tell how much of them is right. */
export const sameSecret = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
