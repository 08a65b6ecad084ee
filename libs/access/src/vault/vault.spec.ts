import fc from 'fast-check'
import { vaultWithOrganisationKeys } from '../../../../test/support/test-keys'
import type { Place } from './places'
import { Unsealable } from './errors'
import { openVault, sameSecret } from './vault'

const KEY = Buffer.alloc(32, 7)
const vault = openVault(KEY)
const BUYER: Place = { org: 1, column: 'stream.buyer', row: 'a case' }
const MESSAGE: Place = { org: 1, column: 'message.raw', row: '7/00ff' }

describe.each([
  ['first', openVault, 1],
  ['second', vaultWithOrganisationKeys, 5],
])('a value that is sealed in the %s format', (_, opening, head) => {
  const vault = opening(KEY)
  const nonceOf = (sealed: Buffer): string => sealed.subarray(head, head + 12).toString('hex')

  it('opens to the same bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const value = Buffer.from(bytes)
        expect(vault.open(MESSAGE, vault.seal(MESSAGE, value))).toEqual(value)
      }),
    )
  })

  it('opens in another process that has the same key', () => {
    const sealed = vault.seal(BUYER, 'a-secret')
    expect(opening(Buffer.from(KEY)).open(BUYER, sealed).toString()).toBe('a-secret')
  })

  it('is refused wherever a single bit of it was changed', () => {
    const sealed = vault.seal(MESSAGE, '{"shop":1}')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => vault.open(MESSAGE, changed)).toThrow(Unsealable)
    }
  })

  it('is refused wherever it was cut', () => {
    const sealed = vault.seal(MESSAGE, '{"shop":1}')
    for (let length = 0; length < sealed.length; length++)
      expect(() => vault.open(MESSAGE, sealed.subarray(0, length))).toThrow(Unsealable)
  })

  it.each<[string, Partial<Place>]>([
    ['another organisation', { org: 2 }],
    ['another purpose', { column: 'message.raw' }],
    ['an organisation whose number only begins alike', { org: 11 }],
  ])('cannot be moved to %s', (_, elsewhere) => {
    const sealed = vault.seal(BUYER, '王小明')
    expect(() => vault.open({ ...BUYER, ...elsewhere }, sealed)).toThrow(Unsealable)
  })

  it('is refused by another master key', () => {
    const sealed = vault.seal(BUYER, '王小明')
    expect(() => openVault(Buffer.alloc(32, 8)).open(BUYER, sealed)).toThrow(Unsealable)
  })

  it('is refused without a word of what was in it', () => {
    const sealed = vault.seal(BUYER, 'canary-of-the-test')
    sealed[40] = (sealed[40] ?? 0) ^ 1
    expect(() => vault.open(BUYER, sealed)).toThrow(
      'this value was not sealed with this key, for this organisation and place',
    )
  })

  it('is the same bytes for the same value in the same place, so that a replay is equal byte for byte', () => {
    expect(vault.seal(MESSAGE, 'same')).toEqual(opening(KEY).seal(MESSAGE, Buffer.from('same')))
  })

  it('never has the nonce of another value', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => String(i))
    expect(new Set(values.map((value) => nonceOf(vault.seal(MESSAGE, value)))).size).toBe(values.length)
  })

  it.each<[string, Partial<Place>]>([
    ['organisations', { org: 2 }],
    ['purposes', { column: 'stream.buyer' }],
  ])('does not reveal that the same value is stored for two %s', (_, elsewhere) => {
    const [one, other] = [vault.seal(MESSAGE, 'same'), vault.seal({ ...MESSAGE, ...elsewhere }, 'same')]
    expect(one.subarray(head).equals(other.subarray(head))).toBe(false)
    expect(nonceOf(one)).not.toBe(nonceOf(other))
  })

  it.each(['王小明', '13800135678', 'secret-of-an-app'])('leaves no trace of %s in the bytes', (canary) => {
    const sealed = vault.seal(BUYER, JSON.stringify([canary, canary, canary]))
    const texts = (['utf8', 'utf16le', 'latin1', 'base64', 'hex'] as const).map((encoding) =>
      Buffer.from(canary).toString(encoding),
    )
    for (const text of texts)
      expect([sealed.includes(text), sealed.toString('base64').includes(text)]).toEqual([false, false])
  })
})

describe('a master key', () => {
  it.each([0, 16, 31, 33, 64])('has 32 bytes, not %i', (length) => {
    expect(() => openVault(Buffer.alloc(length))).toThrow('the master key must be 32 bytes')
  })
})

describe('a fingerprint', () => {
  it('is equal for one value, however it is typed', () => {
    const typed = ['王小明', ' 王小明 ', '王小明\n']
    expect(new Set(typed.map((name) => vault.fingerprint(1, 'name', name))).size).toBe(1)
    expect(vault.fingerprint(1, 'name', 'ＬｉＬｉ')).toBe(vault.fingerprint(1, 'name', 'LiLi'))
  })

  it.each([
    ['value', 1, 'name', '王小红'],
    ['field', 1, 'phone', '王小明'],
    ['organisation', 2, 'name', '王小明'],
  ])('is another for another %s', (_, org, field, value) => {
    expect(vault.fingerprint(org, field, value)).not.toBe(vault.fingerprint(1, 'name', '王小明'))
  })

  it('cannot be found by trying all numbers without the key', () => {
    expect(openVault(Buffer.alloc(32, 8)).fingerprint(1, 'phone', '13800135678')).not.toBe(
      vault.fingerprint(1, 'phone', '13800135678'),
    )
    expect(vault.fingerprint(1, 'phone', '13800135678')).toMatch(/^[\w-]{22}$/)
  })
})

describe('a signature', () => {
  const payload = Buffer.from('this piece until noon')

  it('is the same for the same payload under the same key only', () => {
    const signature = vault.sign('evidence-link', payload)
    expect([signature.length, signature.equals(vault.sign('evidence-link', Buffer.from(payload)))]).toEqual([32, true])
    expect(vault.sign('evidence-link', Buffer.from('this piece until one')).equals(signature)).toBe(false)
    expect(openVault(Buffer.alloc(32, 8)).sign('evidence-link', payload).equals(signature)).toBe(false)
  })
})

describe('two secrets', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', 'ab', false],
    ['', '', true],
  ])('%j and %j are compared as the same: %s', (a, b, same) => {
    expect(sameSecret(Buffer.from(a), Buffer.from(b))).toBe(same)
  })
})
