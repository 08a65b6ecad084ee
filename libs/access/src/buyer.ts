import type { Vault } from './vault'

/** A buyer as a marketplace told us, in clear. */
export interface ClearBuyer {
  readonly name?: string
  readonly phone?: string
}

/** A buyer as we keep him: masks to show, fingerprints to search by, the rest sealed. */
export interface SealedBuyer {
  readonly sealed: string
  readonly nameMask?: string
  readonly phoneMask?: string
  readonly nameHash?: string
  readonly phoneHash?: string
  readonly phoneTailHash?: string
}

/** The number as it is dialled at home: full-width digits are digits, and the country's own code says nothing. */
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

/** How the four searches find a buyer (R169): by the whole name, the whole number, or its last four digits. */
export const fingerprintsOf = {
  name: (vault: Vault, org: number, name: string): string => vault.fingerprint(org, 'name', name),
  phone: (vault: Vault, org: number, phone: string): string => vault.fingerprint(org, 'phone', digitsOf(phone)),
  phoneTail: (vault: Vault, org: number, phone: string): string =>
    vault.fingerprint(org, 'phone-tail', digitsOf(phone).slice(-4)),
}

export function sealBuyer(vault: Vault, org: number, buyer: ClearBuyer): SealedBuyer {
  const { name, phone } = buyer
  const tail = phone === undefined ? '' : digitsOf(phone).slice(-4)
  return {
    sealed: vault.seal(org, 'buyer', JSON.stringify([name ?? null, phone ?? null])).toString('base64'),
    ...(name === undefined ? {} : { nameMask: maskName(name), nameHash: fingerprintsOf.name(vault, org, name) }),
    ...(phone === undefined ? {} : { phoneMask: maskPhone(phone), phoneHash: fingerprintsOf.phone(vault, org, phone) }),
    ...(phone === undefined || tail.length < 4 ? {} : { phoneTailHash: fingerprintsOf.phoneTail(vault, org, phone) }),
  }
}
