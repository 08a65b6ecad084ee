import { timingSafeEqual } from 'node:crypto'
import { FIRST_FORMAT, MasterKey } from './master-key'
import type { OrganisationKey } from './organisation-key'
import { KEY_ID_BYTES, SECOND_FORMAT } from './organisation-key'
import { OrganisationKeys } from './organisation-keys'
import type { Place } from './places'
import { SEALED_COLUMNS } from './places'
import { UnknownKey, Unsealable } from './errors'

/**
 * Seals what must not be readable at rest: raw messages, names, phones, secrets. AES-256-GCM under a key of each
 * organisation, wrapped by a master key; table, row, column and organisation are authenticated with the value, so that it
 * opens in its own place only. The nonce is a keyed hash of place and value: the same value in the same place is sealed to
 * the same bytes, which keeps replays equal byte for byte, and two different values never share a nonce. Raw messages are
 * never compared: their nonces are random, which costs less.
 *
 * An organisation without a key of its own is sealed for in the first format, which is bound to organisation and purpose only.
 */
export interface Vault {
  /** The first one seals, all open. */
  readonly masters: readonly MasterKey[]
  readonly organisationKeys: OrganisationKeys
  /** Whether values of the first format still open here. */
  readsFirstFormat: boolean
  /** @throws Unsealable if the organisation's key was destroyed or is unavailable */
  seal(place: Place, value: Buffer | string): Buffer
  /** With a random nonce: equal values give different bytes. @throws Unsealable like `seal` */
  sealRandomly(place: Place, value: string): Buffer
  /** Throws `Unsealable` for bytes that were not sealed here, for this place. */
  open(place: Place, sealed: Buffer): Buffer
  /** Whether it is sealed with the current key and format; otherwise it must be resealed. Does not check that it opens. */
  isCurrent(org: number, sealed: Buffer): boolean
  /** Equal for equal values: searchable, not readable. The key is as secret as the data: there are few phone numbers. */
  fingerprint(org: number, field: string, value: string): string
  /** Every fingerprint that the value may have while keys are rotated, the current one first. */
  fingerprints(org: number, field: string, value: string): readonly string[]
  /** A MAC of 32 bytes: proof that the payload is ours, for this purpose. The payload itself names the organisation. */
  sign(purpose: SigningPurpose, payload: Buffer): Buffer
  /** Those of all keys: a signature made before a rotation is valid, too. */
  signatures(purpose: SigningPurpose, payload: Buffer): readonly Buffer[]
}

export type SigningPurpose = 'evidence-link' | 'confirmation'

/** @param keys one master key of 32 bytes, or several, of which the first seals */
export function openVault(keys: Buffer | readonly Buffer[]): Vault {
  const masters = (Buffer.isBuffer(keys) ? [keys] : keys).map((key) => new MasterKey(key))
  const [first] = masters
  if (first === undefined) throw new RangeError('a vault needs a key')
  const organisationKeys = new OrganisationKeys(masters)
  /** The master key that opened the last value, by organisation and purpose: nearly all values are sealed by one key. */
  const lastGood = new Map<string, MasterKey>()

  const openFirstFormat = (place: Place, sealed: Buffer): Buffer => {
    if (!vault.readsFirstFormat) throw new Unsealable('values of the first format are not read here any more')
    if (masters.length === 1) return first.open(place, sealed)
    const cacheKey = `${place.org}/${SEALED_COLUMNS[place.column]}`
    const last = lastGood.get(cacheKey) ?? first
    const plain = openIfSealedBy(last, place, sealed)
    if (plain !== undefined) return plain
    for (const master of masters) {
      const found = master === last ? undefined : openIfSealedBy(master, place, sealed)
      if (found === undefined) continue
      lastGood.set(cacheKey, master)
      return found
    }
    throw new Unsealable()
  }

  const currentKey = (org: number): OrganisationKey | undefined => {
    const key = organisationKeys.sealingKey(org)
    // Sealed by the master key it would be lost: no process reads the first format any more.
    if (key === undefined && !vault.readsFirstFormat) throw new UnknownKey('none')
    return key
  }

  const vault: Vault = {
    masters,
    organisationKeys,
    readsFirstFormat: true,
    seal: (place, value) => (currentKey(place.org) ?? first).seal(place, value),
    sealRandomly(place, value) {
      const key = currentKey(place.org)
      return key === undefined ? first.seal(place, value) : key.sealRandomly(place, value)
    },
    open(place, sealed) {
      if (sealed[0] === FIRST_FORMAT) return openFirstFormat(place, sealed)
      if (sealed[0] !== SECOND_FORMAT || sealed.length <= KEY_ID_BYTES) throw new Unsealable()
      return organisationKeys.openingKey(place.org, readKeyId(sealed)).open(place, sealed)
    },
    isCurrent(org, sealed) {
      const key = organisationKeys.sealingKey(org)
      return key === undefined ? sealed[0] === FIRST_FORMAT : sealingKeyIdOf(sealed) === key.id
    },
    fingerprint(org, field, value) {
      const key = organisationKeys.sealingKey(org)
      return key === undefined ? first.fingerprint(org, field, value) : key.fingerprint(field, value)
    },
    fingerprints(org, field, value) {
      const own = organisationKeys.all(org).map((key) => key.fingerprint(field, value))
      const old = vault.readsFirstFormat ? masters.map((master) => master.fingerprint(org, field, value)) : []
      const current = vault.fingerprint(org, field, value)
      return [...new Set([current, ...own, ...old])]
    },
    sign: (purpose, payload) => first.sign(purpose, payload),
    signatures: (purpose, payload) => masters.map((master) => master.sign(purpose, payload)),
  }
  return vault
}

function openIfSealedBy(master: MasterKey, place: Place, sealed: Buffer): Buffer | undefined {
  try {
    return master.open(place, sealed)
  } catch (error) {
    if (error instanceof Unsealable) return undefined
    throw error
  }
}

const readKeyId = (sealed: Buffer): string => sealed.toString('hex', 1, 1 + KEY_ID_BYTES)

/** The id of the organisation's key that a value was sealed by; `undefined` for the first format, which names none. */
export const sealingKeyIdOf = (sealed: Buffer): string | undefined =>
  sealed[0] === SECOND_FORMAT && sealed.length > KEY_ID_BYTES ? readKeyId(sealed) : undefined

/** Compares secrets of equal length in constant time. */
export const sameSecret = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
