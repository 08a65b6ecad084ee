import fc from 'fast-check'
import { property } from '../../../../test/property'
import { isUsableLogin, normalisedLogin } from './login-name'

describe('a login', () => {
  it.each([
    [' Lin.Wang@Example.com ', 'lin.wang@example.com'],
    ['ＬＩＮ', 'lin'],
    ['王 \t 芳', '王 芳'],
    ['cafe\u0301', 'caf\u00e9'],
  ])('%s is stored as %s', (typed, kept) => {
    expect(normalisedLogin(typed)).toBe(kept)
    expect(isUsableLogin(kept)).toBe(true)
  })

  it.each(['', ' ', '.lin', 'lin\0', '<b>', 'a'.repeat(101), 'lin\u200b'])('%j is refused as a login', (typed) => {
    expect(isUsableLogin(normalisedLogin(typed))).toBe(false)
  })

  it('is normalised once and for all', () =>
    property(fc.string({ unit: 'binary' }), (typed) => {
      const once = normalisedLogin(typed)
      expect(normalisedLogin(once)).toBe(once)
    }))
})
