import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { PasskeyEntity } from '../entities/passkey.entity'
import { type ChallengeUse, takeChallenge } from './passkey-challenges'
import {
  PASSKEY_TRANSPORTS,
  type OwnPasskey,
  type PasskeyAssertion,
  type PasskeyDescriptor,
  type RelyingParty,
} from './passkeys'
import { verifyAssertion } from './verify-passkey'

/** The host names for which a person has passkeys. */
export async function passkeyHosts(manager: EntityManager, person: string): Promise<string[]> {
  const rows = await manager.query<{ rp_id: string }[]>(
    'SELECT DISTINCT rp_id FROM passkey WHERE person = $1 ORDER BY rp_id',
    [person],
  )
  return rows.map(({ rp_id: host }) => host)
}

export const ownPasskeys = async (manager: EntityManager, person: string): Promise<OwnPasskey[]> =>
  (await manager.getRepository(PasskeyEntity).find({ where: { person }, order: { createdAt: 'ASC', id: 'ASC' } })).map(
    ({ id, name, rpId, createdAt, lastUsedAt }) => ({ id, name, rpId, createdAt, lastUsedAt }),
  )

/** The passkeys that the browser may use at this host. */
export const descriptorsOf = async (
  manager: EntityManager,
  person: string,
  { id: rpId }: RelyingParty,
): Promise<PasskeyDescriptor[]> =>
  (
    await manager.getRepository(PasskeyEntity).find({ where: { person, rpId }, order: { createdAt: 'ASC', id: 'ASC' } })
  ).map(({ credential, transports }) => ({
    type: 'public-key',
    id: credential.toString('base64url'),
    transports: PASSKEY_TRANSPORTS.filter((one) => transports.includes(one)),
  }))

/** What a person sends as proof, and where. */
export interface PasskeyProof {
  readonly assertion: PasskeyAssertion
  readonly at: RelyingParty
}

export type PasskeyUse =
  | { readonly used: string }
  /** `counter`: the signature is genuine, but a copy of the key has signed, too. */
  | { readonly used: undefined; readonly reason: 'answer' | 'counter' }

/** Checks an answer of a person's device, and uses its challenge up: of concurrent answers at most one is right. */
export async function usePasskey(
  manager: EntityManager,
  person: string,
  use: ChallengeUse,
  { assertion, at }: PasskeyProof,
  now: number,
): Promise<PasskeyUse> {
  const challenge = await takeChallenge(manager, use, now)
  const passkeys = manager.getRepository(PasskeyEntity)
  const passkey = await passkeys.findOne({
    where: { credential: Buffer.from(assertion.id, 'base64url'), person, rpId: at.id },
    lock: { mode: 'pessimistic_write' },
  })
  // What is unknown is checked like the rest, so that the time says nothing.
  const expected = { challenge: challenge ?? randomBytes(32).toString('base64url'), at }
  const counter = await verifyAssertion(assertion, expected, passkey?.publicKey ?? DUMMY_KEY)
  const isOwn = assertion.userHandle === undefined || assertion.userHandle === userHandleOf(person)
  if (challenge === undefined || passkey === null || counter === undefined || !isOwn)
    return { used: undefined, reason: 'answer' }
  // WebAuthn Level 3, 7.2, step 22. Passkeys that are kept in the cloud do not count and say 0.
  if ((counter > 0 || passkey.counter > 0) && counter <= passkey.counter) return { used: undefined, reason: 'counter' }
  await passkeys.update({ id: passkey.id }, { counter, lastUsedAt: now })
  return { used: passkey.id }
}

/** How the device knows the person: no name, and the same for all passkeys of the person. */
export const userHandleOf = (person: string): string =>
  Buffer.from(person.replaceAll('-', ''), 'hex').toString('base64url')

/** An ES256 key in COSE whose private half is not kept. */
const DUMMY_KEY = coseKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }))

function coseKey({ x = '', y = '' }: { readonly x?: string; readonly y?: string }): Buffer {
  const head = Buffer.from('a5010203262001215820', 'hex')
  return Buffer.concat([head, Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')])
}
