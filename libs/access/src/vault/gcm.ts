import type { KeyObject } from 'node:crypto'
import { createCipheriv, createDecipheriv } from 'node:crypto'
import { Unsealable } from './unsealable'

export const NONCE = 12
export const TAG = 16
/** What a sealed value has beside its body, whatever stands in front. */
export const AROUND = NONCE + TAG

/** `head · nonce · tag · body`, by AES-256-GCM. */
export function sealed(key: KeyObject, head: Buffer, nonce: Buffer, beside: Buffer, plain: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(beside)
  const body = cipher.update(plain)
  cipher.final()
  return Buffer.concat([head, nonce, cipher.getAuthTag(), body])
}

/** @throws Unsealable */
export function opened(key: KeyObject, value: Buffer, head: number, beside: Buffer): Buffer {
  if (value.length < head + AROUND) throw new Unsealable()
  const opener = createDecipheriv('aes-256-gcm', key, value.subarray(head, head + NONCE))
  opener.setAAD(beside)
  opener.setAuthTag(value.subarray(head + NONCE, head + AROUND))
  try {
    const plain = opener.update(value.subarray(head + AROUND))
    opener.final()
    return plain
  } catch {
    throw new Unsealable()
  }
}

/** Key, then what stands before the value, then the value: written once, for one call of the hash. */
export function behind(key: Buffer, before: Buffer, value: Buffer | string): Buffer {
  const start = key.length + before.length
  if (typeof value !== 'string') return Buffer.concat([key, before, value])
  const keyed = Buffer.allocUnsafe(start + Buffer.byteLength(value))
  key.copy(keyed)
  before.copy(keyed, key.length)
  keyed.write(value, start)
  return keyed
}
