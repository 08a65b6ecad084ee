import { randomBytes, randomUUID } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { IsNull, LessThan, Not } from 'typeorm'
import type { Vault } from '../../vault'
import { placeOf, Unsealable } from '../../vault'
import { PasskeyEntity } from '../entities/passkey.entity'
import { RecoveryCodeEntity, TotpEntity } from '../entities/second-factor.entity'
import { passkeyHosts } from '../passkeys/stored-passkeys'
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes'
import { stepOfCode } from './totp'

const SECRET_BYTES = 20
const SIX_DIGITS = /^\d{6}$/

/** What a person may give after the password, beside a recovery code. */
export interface SecondFactors {
  /** A code of an authenticator app. */
  readonly app: boolean
  /** A passkey, at these host names. */
  readonly passkeysAt: readonly string[]
}

export const secondFactorsOf = async (manager: EntityManager, person: string): Promise<SecondFactors> => ({
  app: await manager.getRepository(TotpEntity).existsBy({ person, confirmedAt: Not(IsNull()) }),
  passkeysAt: await passkeyHosts(manager, person),
})

export const isSecondFactorOn = ({ app, passkeysAt }: SecondFactors): boolean => app || passkeysAt.length > 0

/** Whether the person must give a second factor to sign in. */
export const hasSecondFactor = async (manager: EntityManager, person: string): Promise<boolean> =>
  isSecondFactorOn(await secondFactorsOf(manager, person))

/** Changes of a person's second factors happen one after the other, so that recovery codes neither stay alone nor go too early. */
export const lockFactorsOf = (manager: EntityManager, person: string): Promise<unknown> =>
  manager.query('SELECT FROM person WHERE id = $1 FOR NO KEY UPDATE', [person])

/** Stores a secret that is not in use yet; it replaces an earlier one that was not confirmed. */
export async function beginTotp(
  manager: EntityManager,
  vault: Vault,
  { person, org }: { readonly person: string; readonly org: number },
  now: number,
): Promise<Buffer> {
  const id = randomUUID()
  const secret = randomBytes(SECRET_BYTES)
  const sealed = vault.seal(placeOf.totpSecret({ org, id }), secret)
  const repository = manager.getRepository(TotpEntity)
  await repository.delete({ person, confirmedAt: IsNull() })
  await repository.insert({ id, person, org, secret: sealed, createdAt: now, confirmedAt: null, lastStep: 0 })
  return secret
}

/** Puts the stored secret into use, and marks its first code as used. Returns the recovery codes. */
export async function confirmTotp(
  manager: EntityManager,
  vault: Vault,
  person: string,
  code: string,
  now: number,
): Promise<string[] | undefined> {
  await lockFactorsOf(manager, person)
  const repository = manager.getRepository(TotpEntity)
  const begun = await repository.findOne({
    where: { person, confirmedAt: IsNull() },
    lock: { mode: 'pessimistic_write' },
  })
  const step = begun === null ? undefined : stepOf(vault, begun, code, now)
  if (begun === null || step === undefined) return undefined
  await repository.delete({ person, confirmedAt: Not(IsNull()) })
  await repository.update({ id: begun.id }, { confirmedAt: now, lastStep: step })
  return replaceRecoveryCodes(manager, person)
}

/** Uses up a code of the app or a recovery code: of concurrent uses exactly one succeeds. */
export async function useCode(
  manager: EntityManager,
  vault: Vault,
  person: string,
  code: string,
  now: number,
): Promise<'totp' | 'recovery-code' | undefined> {
  const typed = code.replace(/\s/g, '')
  if (SIX_DIGITS.test(typed)) return (await useTotp(manager, vault, person, typed, now)) ? 'totp' : undefined
  const { affected } = await manager
    .getRepository(RecoveryCodeEntity)
    .update({ person, hash: hashOfRecoveryCode(typed), usedAt: IsNull() }, { usedAt: now })
  return affected === 1 ? 'recovery-code' : undefined
}

async function useTotp(
  manager: EntityManager,
  vault: Vault,
  person: string,
  code: string,
  now: number,
): Promise<boolean> {
  const repository = manager.getRepository(TotpEntity)
  const confirmed = await repository.findOneBy({ person, confirmedAt: Not(IsNull()) })
  const step = confirmed === null ? undefined : stepOf(vault, confirmed, code, now)
  if (confirmed === null || step === undefined) return false
  const { affected } = await repository.update({ id: confirmed.id, lastStep: LessThan(step) }, { lastStep: step })
  return affected === 1
}

/** If the organisation's key was destroyed, the secret does not open: no code is right, but recovery codes still work. */
function stepOf(vault: Vault, { id, org, secret }: TotpEntity, code: string, now: number): number | undefined {
  try {
    return stepOfCode(vault.open(placeOf.totpSecret({ org, id }), secret), code.replace(/\s/g, ''), now)
  } catch (error) {
    if (error instanceof Unsealable) return undefined
    throw error
  }
}

export async function replaceRecoveryCodes(manager: EntityManager, person: string): Promise<string[]> {
  const codes = newRecoveryCodes()
  const repository = manager.getRepository(RecoveryCodeEntity)
  await repository.delete({ person })
  await repository.insert(codes.map((code) => ({ person, hash: hashOfRecoveryCode(code), usedAt: null })))
  return codes
}

export const removeRecoveryCodes = (manager: EntityManager, person: string): Promise<unknown> =>
  manager.getRepository(RecoveryCodeEntity).delete({ person })

/** App, passkeys and recovery codes. `false`: there was none. */
export async function removeSecondFactor(manager: EntityManager, person: string): Promise<boolean> {
  await lockFactorsOf(manager, person)
  await removeRecoveryCodes(manager, person)
  const { affected: apps } = await manager.getRepository(TotpEntity).delete({ person })
  const { affected: passkeys } = await manager.getRepository(PasskeyEntity).delete({ person })
  return (apps ?? 0) + (passkeys ?? 0) > 0
}

export const recoveryCodesLeft = (manager: EntityManager, person: string): Promise<number> =>
  manager.getRepository(RecoveryCodeEntity).countBy({ person, usedAt: IsNull() })
