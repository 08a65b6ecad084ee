import type { KeyObject } from 'node:crypto'
import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto'
import { Unsealable } from './errors'

export const NONCE_BYTES = 12
const TAG_BYTES = 16
/** The length of a sealed value without head and body. */
const OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES

/** `head · nonce · tag · body`, by AES-256-GCM. */
export function encryptGcm(
  key: KeyObject,
  head: Buffer,
  nonce: Buffer,
  associatedData: Buffer,
  plain: Buffer | string,
): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(associatedData)
  const body = typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain)
  cipher.final()
  return Buffer.concat([head, nonce, cipher.getAuthTag(), body])
}

/** @throws Unsealable */
export function decryptGcm(key: KeyObject, value: Buffer, head: number, associatedData: Buffer): Buffer {
  if (value.length < head + OVERHEAD_BYTES) throw new Unsealable()
  const decipher = createDecipheriv('aes-256-gcm', key, value.subarray(head, head + NONCE_BYTES))
  decipher.setAAD(associatedData)
  decipher.setAuthTag(value.subarray(head + NONCE_BYTES, head + OVERHEAD_BYTES))
  try {
    const plain = decipher.update(value.subarray(head + OVERHEAD_BYTES))
    decipher.final()
    return plain
  } catch {
    throw new Unsealable()
  }
}

/** Key, prefix and value in one buffer, so that one call of the hash is enough. */
export function nonceInput(key: Buffer, prefix: Buffer, value: Buffer | string): Buffer {
  const start = key.length + prefix.length
  if (typeof value !== 'string') return Buffer.concat([key, prefix, value])
  const input = Buffer.allocUnsafe(start + Buffer.byteLength(value))
  key.copy(input)
  prefix.copy(input, key.length)
  input.write(value, start)
  return input
}

const RANDOM = Buffer.alloc(512 * NONCE_BYTES)
let used = RANDOM.length

/** A random nonce. Many are drawn at once: a call of the random source costs more than the sealing of a short text. */
export function randomNonce(): Buffer {
  if (used === RANDOM.length) {
    randomFillSync(RANDOM)
    used = 0
  }
  used += NONCE_BYTES
  return Buffer.from(RANDOM.subarray(used - NONCE_BYTES, used))
}
