import fc from 'fast-check'
import { property } from '../../../../test/property'
import { keyFrom, vaultWithOrganisationKeys, withKeys } from '../../../../test/support/test-keys'
import type { Place, SealedColumn } from './places'
import { SEALED_COLUMNS } from './places'
import { DestroyedKey, Unsealable, UnknownKey } from './errors'
import { sealingKeyIdOf, openVault } from './vault'

const COLUMNS = Object.keys(SEALED_COLUMNS) as SealedColumn[]
const [OLD, NEW] = [keyFrom('the old key'), keyFrom('the new key')]
const PLACE: Place = { org: 1, column: 'message.raw', row: '7/00ff' }
const text = (vault: ReturnType<typeof openVault>, place: Place, sealed: Buffer): string =>
  vault.open(place, sealed).toString()

const place = fc.record({
  org: fc.constantFrom(1, 2, 11),
  column: fc.constantFrom(...COLUMNS),
  row: fc.constantFrom('1/1', '1/11', '11/1', 'a', 'ab', 'a/b', ''),
})

describe('a value of the second format (fault C1)', () => {
  const vault = vaultWithOrganisationKeys(OLD)

  it('opens in its own place, and in no other table, column, row or organisation', () =>
    property(fc.constantFrom('seal', 'sealRandomly'), place, place, fc.string(), (way, one, other, value) => {
      const sealed = vault[way as 'seal' | 'sealRandomly'](one, value)
      expect(text(vault, one, sealed)).toBe(value)
      if (JSON.stringify(one) !== JSON.stringify(other)) expect(() => vault.open(other, sealed)).toThrow(Unsealable)
    }))

  it('does not reveal that two rows hold the same value', () => {
    const [one, other] = [vault.seal(PLACE, 'same'), vault.seal({ ...PLACE, row: '7/00fe' }, 'same')]
    expect(one.subarray(5).equals(other.subarray(5))).toBe(false)
  })

  it('has a random nonce where it was sealed randomly: 20,000 times the same value, 20,000 nonces', () => {
    const nonces = Array.from({ length: 20_000 }, () => vault.sealRandomly(PLACE, 'same').toString('hex', 5, 17))
    expect(new Set(nonces).size).toBe(20_000)
  })

  it('names the key that it was sealed by, and is current while that key seals', () => {
    const sealed = vault.seal(PLACE, 'a')
    const id = sealingKeyIdOf(sealed)
    expect([id, vault.isCurrent(1, sealed)]).toEqual([vault.organisationKeys.sealingKey(1)?.id, true])
    const later = withKeys(openVault(OLD), { 1: ['one', 'a newer one'] })
    expect([text(later, PLACE, sealed), later.isCurrent(1, sealed)]).toEqual(['a', false])
  })
})

describe('a vault with several keys (fault C2)', () => {
  it('seals with the first and opens with all, whichever format and order', () => {
    const byOld = openVault(OLD).seal(PLACE, 'sealed before')
    for (const ring of [openVault([NEW, OLD]), openVault([keyFrom('a third'), NEW, OLD])]) {
      expect(text(ring, PLACE, byOld)).toBe('sealed before')
      expect(() => openVault(OLD).open(PLACE, ring.seal(PLACE, 'sealed since'))).toThrow(Unsealable)
    }
  })

  it('opens values of the first format that were sealed by several keys in turn', () => {
    const ring = openVault([NEW, OLD])
    const sealed = [OLD, NEW, NEW, OLD].map((key, i) => openVault(key).seal(PLACE, `value ${i}`))
    expect(sealed.map((value) => text(ring, PLACE, value))).toEqual(['value 0', 'value 1', 'value 2', 'value 3'])
  })

  it('finds a buyer by the earlier fingerprint and by the current one', () => {
    const before = openVault(OLD).fingerprint(1, 'name', '王小明')
    const ring = withKeys(openVault([NEW, OLD]), { 1: ['one', 'a newer one'] })
    const found = ring.fingerprints(1, 'name', '王小明')
    expect(found[0]).toBe(ring.fingerprint(1, 'name', '王小明'))
    expect(found).toContain(before)
    expect(found).toContain(vaultWithOrganisationKeys(OLD).fingerprint(1, 'name', '王小明'))
    ring.readsFirstFormat = false
    expect(ring.fingerprints(1, 'name', '王小明')).not.toContain(before)
  })

  it('accepts signatures made with any of the keys', () => {
    const payload = Buffer.from('this piece until noon')
    const ring = openVault([NEW, OLD])
    const proofs = [NEW, OLD].map((key) => openVault(key).sign('evidence-link', payload))
    expect(ring.signatures('evidence-link', payload)).toEqual(proofs)
    expect(ring.sign('evidence-link', payload)).toEqual(proofs[0])
  })

  it('names the missing key: the one of an organisation, or the one that wraps it', () => {
    const sealed = vaultWithOrganisationKeys(OLD).seal(PLACE, 'a')
    const name = sealingKeyIdOf(sealed) ?? ''
    const unaware = openVault(OLD)
    expect(() => unaware.open(PLACE, sealed)).toThrow(new UnknownKey(name))
    const wrapped = openVault(NEW)
    const [master] = vaultWithOrganisationKeys(OLD).masters
    wrapped.organisationKeys.load([
      { org: 1, id: name, master: master?.id ?? '', wrapped: Buffer.alloc(60), seals: true },
    ])
    for (const attempt of [
      () => wrapped.open(PLACE, sealed),
      () => wrapped.seal(PLACE, 'a'),
      () => wrapped.sealRandomly(PLACE, 'a'),
    ])
      expect(attempt).toThrow(new UnknownKey(master?.id ?? ''))
  })

  it('an organisation whose key was destroyed opens and seals nothing; the others do', () => {
    const vault = vaultWithOrganisationKeys(OLD)
    const sealed = [1, 2].map((org) => vault.seal({ ...PLACE, org }, `of ${org}`)) as [Buffer, Buffer]
    const { id } = vault.organisationKeys.sealingKey(2) ?? { id: '' }
    const [master] = vault.masters
    const key = keyFrom('two')
    vault.organisationKeys.load([
      { org: 1, id: sealingKeyIdOf(sealed[0]) ?? '', master: master?.id ?? '', wrapped: null, seals: true },
      { org: 2, id, master: master?.id ?? '', wrapped: master?.wrap(2, id, key) ?? null, seals: true },
    ])
    expect(() => vault.open(PLACE, sealed[0])).toThrow(DestroyedKey)
    expect(() => vault.seal(PLACE, 'a')).toThrow(DestroyedKey)
    expect(() => vault.sealRandomly(PLACE, 'a')).toThrow(DestroyedKey)
    expect(text(vault, { ...PLACE, org: 2 }, sealed[1])).toBe('of 2')
  })

  it('refuses the first format once everything has been sealed again: an old copy cannot be put back', () => {
    const ring = vaultWithOrganisationKeys(OLD)
    const old = openVault(OLD).seal(PLACE, 'an old copy')
    expect(text(ring, PLACE, old)).toBe('an old copy')
    ring.readsFirstFormat = false
    expect(() => ring.open(PLACE, old)).toThrow(Unsealable)
    for (const way of ['seal', 'sealRandomly'] as const)
      expect(() => ring[way]({ ...PLACE, org: 5 }, 'of one without a key')).toThrow(UnknownKey)
  })
})
