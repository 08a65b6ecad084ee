import type { Vault } from './vault'
import { Unsealable, placeOf } from './vault'

/** A buyer as a marketplace reported it, in clear. */
export interface ClearBuyer {
  readonly name?: string
  readonly phone?: string
}

/** A buyer as it is stored: masks to show, fingerprints to search by, the rest sealed. */
export interface SealedBuyer {
  readonly sealed: string
  readonly nameMask?: string
  readonly phoneMask?: string
  readonly nameHash?: string
  readonly phoneHash?: string
  readonly phoneTailHash?: string
}

/** The national number: full-width digits become ASCII, and the country code 86 is removed. */
const digitsOf = (phone: string): string =>
  phone
    .normalize('NFKC')
    .replace(/\D/g, '')
    .replace(/^(?:00)?86(?=1\d{10}$)/, '')

/**
 * `王小明` → `王**`, `138****5678`. Never more than the first letter of a name, and of a phone the last four digits, the
 * first three only of a number so long that at least four stay hidden.
 */
export const maskName = (name: string): string => `${[...name][0] ?? ''}**`
export function maskPhone(phone: string): string {
  const digits = digitsOf(phone)
  if (digits.length < 8) return '****'
  return `${digits.length < 11 ? '' : digits.slice(0, 3)}****${digits.slice(-4)}`
}

/**
 * How the four searches find a buyer (R169): by the whole name, the whole number, or its last four digits. While keys are
 * changed a buyer may still be stored under an older one, so there may be several; the present one comes first.
 */
export const fingerprintsOf = {
  name: (vault: Vault, org: number, name: string): readonly string[] => vault.fingerprints(org, 'name', name),
  phone: (vault: Vault, org: number, phone: string): readonly string[] =>
    vault.fingerprints(org, 'phone', digitsOf(phone)),
  phoneTail: (vault: Vault, org: number, phone: string): readonly string[] =>
    vault.fingerprints(org, 'phone-tail', digitsOf(phone).slice(-4)),
}

/** What is sealed of a buyer, in clear. */
const plaintextOf = ({ name, phone }: ClearBuyer): string => JSON.stringify([name ?? null, phone ?? null])

/** The buyer of a case; the case's number is where the value belongs. */
export function sealBuyer(vault: Vault, org: number, caseId: string, buyer: ClearBuyer): SealedBuyer {
  const { name, phone } = buyer
  const digits = phone === undefined ? '' : digitsOf(phone)
  const tail = digits.slice(-4)
  const fingerprint = (field: string, value: string): string => vault.fingerprint(org, field, value)
  return {
    sealed: vault.seal(placeOf.buyer(org, caseId), plaintextOf(buyer)).toString('base64'),
    ...(name === undefined ? {} : { nameMask: maskName(name), nameHash: fingerprint('name', name) }),
    ...(phone === undefined ? {} : { phoneMask: maskPhone(phone), phoneHash: fingerprint('phone', digits) }),
    ...(phone === undefined || tail.length < 4 ? {} : { phoneTailHash: fingerprint('phone-tail', tail) }),
  }
}

/** @throws Unsealable */
export function openBuyer(
  vault: Vault,
  org: number,
  caseId: string,
  { sealed }: Pick<SealedBuyer, 'sealed'>,
): ClearBuyer {
  const plain = vault.open(placeOf.buyer(org, caseId), Buffer.from(sealed, 'base64')).toString('utf8')
  const [name, phone] = JSON.parse(plain) as [string | null, string | null]
  return { ...(name === null ? {} : { name }), ...(phone === null ? {} : { phone }) }
}

/**
 * The buyer to record: the one the case has already where it is the same buyer and only the key has changed, so
 * that a key rotation does not change the case.
 */
export function keepKnownBuyer<B extends SealedBuyer>(
  vault: Vault,
  org: number,
  caseId: string,
  fresh: B,
  known: B | undefined,
): B {
  if (known === undefined || known.sealed === fresh.sealed) return fresh
  if (vault.isCurrent(org, Buffer.from(known.sealed, 'base64'))) return fresh
  try {
    const same = plaintextOf(openBuyer(vault, org, caseId, known)) === plaintextOf(openBuyer(vault, org, caseId, fresh))
    return same ? known : fresh
  } catch (error) {
    if (error instanceof Unsealable) return fresh
    throw error
  }
}
