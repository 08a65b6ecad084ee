import { createHash, randomBytes } from 'node:crypto'
import { base32 } from './totp'

const CODES_PER_PERSON = 10
/** Too many bits to try them all, so storing a plain hash is enough. */
const BYTES_PER_CODE = 10

/** As they are shown: `ABCD-EFGH-IJKL-MNOP`. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: CODES_PER_PERSON }, () => (base32(randomBytes(BYTES_PER_CODE)).match(/.{4}/g) ?? []).join('-'))

/** The same for every way to type a code: case, spaces and hyphens do not matter. */
export const hashOfRecoveryCode = (code: string): Buffer =>
  createHash('sha256')
    .update(code.toUpperCase().replace(/[^A-Z2-7]/g, ''))
    .digest()
