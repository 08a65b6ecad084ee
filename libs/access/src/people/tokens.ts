import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes for a cookie or a link. It cannot be guessed, so storing a plain hash of it is enough. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest()
