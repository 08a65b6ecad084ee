import { randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import type { PersonActor } from '../actor'
import { PasskeyEntity } from '../entities/passkey.entity'
import type { IdentityContext } from '../identity-context'
import { findLink } from '../one-time-tokens'
import {
  hasSecondFactor,
  lockFactorsOf,
  removeRecoveryCodes,
  replaceRecoveryCodes,
} from '../second-factor/second-factors'
import { actorTransaction, auditNow } from '../tenant-transaction'
import { isUuid } from '../uuid'
import { type ChallengeUse, makeChallenge, takeChallenge } from './passkey-challenges'
import {
  type AssertionOptions,
  PASSKEY_ALGORITHMS,
  type PasskeyRegistration,
  type Passkeys,
  type RegisterPasskeyResult,
  type RegistrationOptions,
  type RelyingParty,
} from './passkeys'
import { descriptorsOf, userHandleOf } from './stored-passkeys'
import { verifyRegistration } from './verify-passkey'

/** More devices than a person has; without a limit, a log-in could fill the table. */
const MOST_PASSKEYS = 20
const SERVICE_NAME = 'Shouhou'

interface NewPasskey {
  readonly name: string
  readonly at: RelyingParty
}

export class DatabasePasskeys implements Passkeys {
  constructor(private readonly context: IdentityContext) {}

  async beginRegistration({ id: person, session, login, label }: PersonActor, at: RelyingParty) {
    const { database, now: clock } = this.context
    return {
      challenge: await makeChallenge(database, { purpose: 'registration', bound: session }, clock()),
      rp: { id: at.id, name: SERVICE_NAME },
      user: { id: userHandleOf(person), name: login, displayName: label },
      algorithms: PASSKEY_ALGORITHMS,
      exclude: await descriptorsOf(database.manager, person, at),
    } satisfies RegistrationOptions
  }

  register(actor: PersonActor, registration: PasskeyRegistration, { name, at }: NewPasskey) {
    return actorTransaction(this.context, actor, async (manager, now): Promise<RegisterPasskeyResult> => {
      const { id: person, session } = actor
      const challenge = await takeChallenge(manager, { purpose: 'registration', bound: session }, now)
      const made = challenge === undefined ? undefined : await verifyRegistration(registration, { challenge, at })
      if (made === undefined) return { outcome: 'refused' }
      await lockFactorsOf(manager, person)
      const passkeys = manager.getRepository(PasskeyEntity)
      if ((await passkeys.countBy({ person })) >= MOST_PASSKEYS) return { outcome: 'too-many' }
      const isFirst = !(await hasSecondFactor(manager, person))
      const id = randomUUID()
      const transports = [...new Set(registration.transports)]
      const row = { id, person, ...made, rpId: at.id, name, transports, createdAt: now, lastUsedAt: null }
      if (!(await insertPasskey(manager, row))) return { outcome: 'known' }
      await auditNow(this.context, manager, actor, 'passkey.registered', `person:${person}`, { passkey: id })
      return {
        outcome: 'registered',
        id,
        codes: isFirst ? await replaceRecoveryCodes(manager, person) : undefined,
      }
    })
  }

  async remove(actor: PersonActor, passkey: string): Promise<boolean> {
    if (!isUuid(passkey)) return false
    return actorTransaction(this.context, actor, async (manager) => {
      const { id: person } = actor
      await lockFactorsOf(manager, person)
      const { affected } = await manager.getRepository(PasskeyEntity).delete({ id: passkey, person })
      if (affected !== 1) return false
      const isOn = await hasSecondFactor(manager, person)
      if (!isOn) await removeRecoveryCodes(manager, person)
      await auditNow(this.context, manager, actor, 'passkey.removed', `person:${person}`, { passkey, last: !isOn })
      return true
    })
  }

  async beginSignIn(challenge: string, at: RelyingParty): Promise<AssertionOptions | undefined> {
    const { database, now: clock } = this.context
    const link = await findLink(database.manager, challenge, clock())
    if (link?.purpose !== 'second-factor' || link.person === null) return undefined
    return this.begin({ purpose: 'sign-in', bound: link.id }, link.person, at)
  }

  beginProof({ id: person, session }: PersonActor, at: RelyingParty): Promise<AssertionOptions | undefined> {
    return this.begin({ purpose: 'proof', bound: session }, person, at)
  }

  private async begin(use: ChallengeUse, person: string, at: RelyingParty): Promise<AssertionOptions | undefined> {
    const { database, now: clock } = this.context
    const allow = await descriptorsOf(database.manager, person, at)
    if (allow.length === 0) return undefined
    return { challenge: await makeChallenge(database, use, clock()), rpId: at.id, allow }
  }
}

/** `false`: a person has a passkey with this credential already. */
async function insertPasskey(manager: EntityManager, row: PasskeyEntity): Promise<boolean> {
  const { raw } = await manager
    .createQueryBuilder()
    .insert()
    .into(PasskeyEntity)
    .values(row)
    .orIgnore()
    .returning('id')
    .execute()
  return (raw as unknown[]).length > 0
}
