import { randomBytes } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { PASSKEY_CHALLENGE_LASTS_MS } from './passkeys'

const CHALLENGE_BYTES = 32

/** What an answer is for, and the session or the link of the first factor that asked for it. */
export interface ChallengeUse {
  readonly purpose: 'registration' | 'sign-in' | 'proof'
  readonly bound: string
}

// SQL by hand: one row for each use, however often it is begun.
const MAKE_CHALLENGE = `
  INSERT INTO passkey_challenge (bound, purpose, challenge, expires_at) VALUES ($1, $2, $3, $4)
  ON CONFLICT (bound, purpose) DO UPDATE SET challenge = excluded.challenge, expires_at = excluded.expires_at`

/** Replaces an earlier one of the same use. Answers base64url. */
export async function makeChallenge(
  manager: Pick<EntityManager, 'query'>,
  { purpose, bound }: ChallengeUse,
  now: number,
): Promise<string> {
  const challenge = randomBytes(CHALLENGE_BYTES)
  await manager.query(MAKE_CHALLENGE, [bound, purpose, challenge, now + PASSKEY_CHALLENGE_LASTS_MS])
  return challenge.toString('base64url')
}

/** Uses the challenge up, whether or not the answer is right: of concurrent answers one gets it. `undefined`: there is none. */
export async function takeChallenge(
  manager: EntityManager,
  { purpose, bound }: ChallengeUse,
  now: number,
): Promise<string | undefined> {
  const [rows] = await manager.query<[{ challenge: Buffer; expires_at: number }[], number]>(
    'DELETE FROM passkey_challenge WHERE bound = $1 AND purpose = $2 RETURNING challenge, expires_at',
    [bound, purpose],
  )
  const [row] = rows
  return row === undefined || row.expires_at <= now ? undefined : row.challenge.toString('base64url')
}

export const sweepChallenges = (manager: EntityManager, now: number): Promise<unknown> =>
  manager.query('DELETE FROM passkey_challenge WHERE expires_at < $1', [now])
