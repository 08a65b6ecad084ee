import fc from 'fast-check'
import { property } from '../../../../../test/property'
import { normalisedPassword, passwordFlaws } from './password-rules'

const lin = { login: 'lin.wang@example.com', displayName: '王小明' }
const flaws = (password: string): string[] => passwordFlaws(password, lin)

describe('a new password', () => {
  it.each<[string, string, string[]]>([
    ['a long sentence', 'the kettle sings at seven', []],
    ['Chinese', '清晨的茶壶在七点钟唱起了歌', []],
    ['exactly 12', 'kX7-vq2m-Zt9', []],
    ['eleven', 'kX7-vq2m-Zt', ['password-too-short']],
    ['128', 'kettle-7'.repeat(16), []],
    ['129', `${'kettle-7'.repeat(16)}x`, ['password-too-long']],
    ['code points, not units: eleven', '😀kX7-vq2m-Z', ['password-too-short']],
    ['code points, not units: twelve', '😀kX7-vq2m-Zt', []],
    ['a common word with digits', 'Password1234', ['password-common']],
    ['a common word with marks around it', '!!!iloveyou!!!', ['password-common']],
    ['the same word again', 'woainiwoaini', ['password-common']],
    ['a walk on the keyboard', 'qwertyuiopas', ['password-common']],
    ['a walk with digits behind', 'qwertyuiop123', ['password-common']],
    ['digits in order', '123456789012', ['password-common']],
    ['digits backwards', '987654321098', ['password-common']],
    ['few letters', 'aabbaabbaabb', ['password-common']],
    ['full-width letters of a common word', 'Ｐａｓｓｗｏｒｄ１２３４', ['password-common']],
    ['the login', 'x-lin.wang@example.com-x', ['password-contains-login']],
    ['the login before the @', 'my LIN.WANG password', ['password-contains-login']],
    ['the name', '王小明的密码是这个好不好呢', ['password-contains-login']],
    ['empty', '', ['password-too-short', 'password-common']],
  ])('here %s: %j has the flaws %j', (_, password, found) => {
    expect(flaws(password)).toEqual(found)
  })

  it('is the same password however the keyboard composed its letters', () => {
    expect(normalisedPassword('cafe\u0301 au lait, s’il te plaît')).toBe(
      normalisedPassword('caf\u00e9 au lait, s’il te plaît'),
    )
  })

  it('has a verdict whatever it is, the same for all its spellings', () =>
    property(fc.string({ unit: 'binary', maxLength: 200 }), (password) => {
      expect(flaws(password)).toEqual(flaws(normalisedPassword(password)))
    }))

  it('of 12 to 128 letters at random is accepted', () =>
    property(fc.array(fc.integer({ min: 0x4e00, max: 0x9fff }), { minLength: 12, maxLength: 128 }), (codes) => {
      const password = String.fromCodePoint(...codes)
      return flaws(password).length === 0 || new Set(password).size < 6
    }))
})
