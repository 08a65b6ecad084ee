import type { ApiKey } from '../api/schema'

export type KeyState = 'active' | 'expired' | 'revoked'

/** @param now UTC ms, by the clock of this computer */
export function keyStateOf({ revokedAt, expiresAt }: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: number): KeyState {
  if (revokedAt !== null) return 'revoked'
  return Date.parse(expiresAt) <= now ? 'expired' : 'active'
}
