import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes'
import { base32, codeAt, keyUri, stepAt, stepOfCode } from './totp'

/** RFC 6238, appendix B: its SHA-1 rows, the last six of eight digits. */
const SECRET = Buffer.from('12345678901234567890')

describe('the codes of an authenticator app', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i s is %s', (seconds, code) => {
    expect(codeAt(SECRET, stepAt(seconds * 1_000))).toBe(code)
  })

  it('are right in their step and in the two next to it', () => {
    const step = 41_152_263
    const now = step * 30_000 + 29_999
    expect([-2, -1, 0, 1, 2].map((by) => stepOfCode(SECRET, codeAt(SECRET, step + by), now))).toEqual([
      undefined,
      step - 1,
      step,
      step + 1,
      undefined,
    ])
    expect(['', '00592', '0059244', 'abcdef'].map((code) => stepOfCode(SECRET, code, now))).toEqual(
      Array.from({ length: 4 }),
    )
  })

  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('have a secret written in base32 (RFC 4648): %j is %s', (text, encoded) => {
    expect(base32(Buffer.from(text))).toBe(encoded)
  })

  it('follow from the content of the QR code', () => {
    expect(keyUri(base32(SECRET), 'lin@example.com')).toBe(
      'otpauth://totp/Shouhou:lin%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Shouhou&algorithm=SHA1&digits=6&period=30',
    )
  })
})

describe('recovery codes', () => {
  it('are ten, of 80 bits, and recognised however they are typed', () => {
    const codes = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) {
      expect(code).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/)
      expect(hashOfRecoveryCode(code.toLowerCase().replaceAll('-', ' '))).toEqual(hashOfRecoveryCode(code))
    }
  })
})
