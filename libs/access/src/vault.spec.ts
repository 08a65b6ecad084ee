import fc from 'fast-check'
import type { Purpose } from './vault'
import { Unsealable, openVault, sameSecret } from './vault'

const KEY = Buffer.alloc(32, 7)
const vault = openVault(KEY)
const nonceOf = (sealed: Buffer): string => sealed.subarray(1, 13).toString('hex')

describe('a sealed value', () => {
  it('opens to the same bytes, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const value = Buffer.from(bytes)
        expect(vault.open(3, 'message', vault.seal(3, 'message', value))).toEqual(value)
      }),
    )
  })

  it('opens in another process that has the same key', () => {
    const sealed = vault.seal(1, 'secret', 'a-secret')
    expect(openVault(Buffer.from(KEY)).open(1, 'secret', sealed).toString()).toBe('a-secret')
  })

  it('is refused wherever a single bit of it was changed', () => {
    const sealed = vault.seal(1, 'message', '{"shop":1}')
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => vault.open(1, 'message', changed)).toThrow(Unsealable)
    }
  })

  it('is refused wherever it was cut', () => {
    const sealed = vault.seal(1, 'message', '{"shop":1}')
    for (let length = 0; length < sealed.length; length++)
      expect(() => vault.open(1, 'message', sealed.subarray(0, length))).toThrow(Unsealable)
  })

  it.each<[string, number, Purpose]>([
    ['another organisation', 2, 'buyer'],
    ['another purpose', 1, 'message'],
    ['an organisation whose number only begins alike', 11, 'buyer'],
  ])('cannot be moved to %s', (_, org, purpose) => {
    const sealed = vault.seal(1, 'buyer', '王小明')
    expect(() => vault.open(org, purpose, sealed)).toThrow(Unsealable)
  })

  it('is refused by another master key', () => {
    const sealed = vault.seal(1, 'buyer', '王小明')
    expect(() => openVault(Buffer.alloc(32, 8)).open(1, 'buyer', sealed)).toThrow(Unsealable)
  })

  it('is refused without a word of what was in it', () => {
    const sealed = vault.seal(1, 'buyer', 'canary-of-the-test')
    sealed[40] = (sealed[40] ?? 0) ^ 1
    expect(() => vault.open(1, 'buyer', sealed)).toThrow(
      'this value was not sealed with this key, for this organisation and purpose',
    )
  })
})

describe('sealing', () => {
  it('gives the same bytes for the same value, so that a replay is equal byte for byte', () => {
    expect(vault.seal(1, 'message', 'same')).toEqual(openVault(KEY).seal(1, 'message', Buffer.from('same')))
  })

  it('never uses a nonce for two values', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => String(i))
    expect(new Set(values.map((value) => nonceOf(vault.seal(1, 'message', value)))).size).toBe(values.length)
  })

  it.each<[string, number, Purpose]>([
    ['organisations', 2, 'message'],
    ['purposes', 1, 'buyer'],
  ])('shows nobody that the same value is kept for two %s', (_, org, purpose) => {
    const [one, other] = [vault.seal(1, 'message', 'same'), vault.seal(org, purpose, 'same')]
    expect(one.subarray(1).equals(other.subarray(1))).toBe(false)
    expect(nonceOf(one)).not.toBe(nonceOf(other))
  })

  it.each(['王小明', '13800135678', 'secret-of-an-app'])('leaves no trace of %s in the bytes', (canary) => {
    const sealed = vault.seal(1, 'buyer', JSON.stringify([canary, canary, canary]))
    const texts = (['utf8', 'utf16le', 'latin1', 'base64', 'hex'] as const).map((encoding) =>
      Buffer.from(canary).toString(encoding),
    )
    for (const text of texts)
      expect([sealed.includes(text), sealed.toString('base64').includes(text)]).toEqual([false, false])
  })

  it.each([0, 16, 31, 33, 64])('wants a master key of 32 bytes, not of %i', (length) => {
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

describe('a mark', () => {
  const said = Buffer.from('this piece until noon')

  it('is the same for the same words under the same key, and for no other', () => {
    const mark = vault.sign('evidence-link', said)
    expect([mark.length, mark.equals(vault.sign('evidence-link', Buffer.from(said)))]).toEqual([32, true])
    expect(vault.sign('evidence-link', Buffer.from('this piece until one')).equals(mark)).toBe(false)
    expect(openVault(Buffer.alloc(32, 8)).sign('evidence-link', said).equals(mark)).toBe(false)
  })
})

describe('two secrets', () => {
  it.each([
    ['a', 'a', true],
    ['a', 'b', false],
    ['a', 'ab', false],
    ['', '', true],
  ])('%j and %j: the same is %s', (a, b, same) => {
    expect(sameSecret(Buffer.from(a), Buffer.from(b))).toBe(same)
  })
})
