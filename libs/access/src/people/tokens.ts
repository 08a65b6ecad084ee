import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes for a cookie or a link. Unguessable, so a plain hash of it is enough to keep. */
export const newToken = (): string => randomBytes(32).toString('base64url')

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest()
