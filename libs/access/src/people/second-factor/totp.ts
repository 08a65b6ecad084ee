import { createHmac } from 'node:crypto'
import { sameSecret } from '../../vault'

/** RFC 6238 as authenticator apps use it: SHA-1, six digits, thirty seconds. */
const STEP_MS = 30_000
const CODE_DIGITS = 6
const BASE32_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Dynamic truncation, RFC 4226, 5.3. */
export function codeAt(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const offset = (mac.at(-1) ?? 0) & 0xf
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** CODE_DIGITS
  return String(number).padStart(CODE_DIGITS, '0')
}

export const stepAt = (ms: number): number => Math.floor(ms / STEP_MS)

/** The time step of a code: the current one or a neighbour, since clocks differ. `undefined`: the code is wrong. */
export const stepOfCode = (secret: Buffer, code: string, now: number): number | undefined =>
  [0, -1, 1]
    .map((by) => stepAt(now) + by)
    .find((step) => sameSecret(Buffer.from(codeAt(secret, step)), Buffer.from(code)))

/** Base32 of RFC 4648, without padding. */
export function base32(bytes: Buffer): string {
  let bits = 0
  let value = 0
  let text = ''
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) text += BASE32_ALPHABET[(value >>> (bits - 5)) & 31]
    value &= (1 << bits) - 1
  }
  return bits > 0 ? text + BASE32_ALPHABET[(value << (5 - bits)) & 31] : text
}

/** The content of the QR code. */
export const keyUri = (secret: string, login: string): string =>
  `otpauth://totp/Shouhou:${encodeURIComponent(login)}?secret=${secret}&issuer=Shouhou&algorithm=SHA1&digits=${CODE_DIGITS}&period=${STEP_MS / 1_000}`
