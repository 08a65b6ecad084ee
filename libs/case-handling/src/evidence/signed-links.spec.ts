import { linkSigningOf, openVault } from '#access'
import { buildLinkName, readLink } from './signed-links'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const signing = linkSigningOf(openVault(Buffer.alloc(32, 7)))
const piece = { org: 7, hash: 'ab'.repeat(32), expiresAt: NOON }
const name = buildLinkName(piece, 'image/jpeg', signing)

describe('a link to a piece of evidence', () => {
  it('contains piece, organisation, expiry and file type, and nothing about a case or a person', () => {
    expect(name).toMatch(/^[\w-]{80}\.jpg$/)
    expect(readLink(name, NOON - 1, signing)).toEqual({ ...piece, extension: 'jpg' })
  })

  it.each([
    ['a moment before its expiry', NOON - 1, true],
    ['at its expiry', NOON, false],
    ['a day later', NOON + 86_400_000, false],
  ])('is valid %s: %s', (_, now, isValid) => {
    expect(readLink(name, now, signing) !== undefined).toBe(isValid)
  })

  it('is invalid if any one bit was changed', () => {
    const bytes = Buffer.from(name.slice(0, 80), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(readLink(`${changed.toString('base64url')}.jpg`, NOON - 1, signing)).toBeUndefined()
    }
  })

  it.each([
    ['it is empty', ''],
    ['a character is missing', name.slice(1)],
    ['a character was added', `A${name}`],
    ['it has no extension', name.slice(0, 80)],
    ['its extension is too long', `${name.slice(0, 80)}.jpegs`],
    ['it is a path', `../${name.slice(3)}`],
    ['something follows it', `${name}/..`],
    ['a line break follows it', `${name}\n`],
    ['it has a character of standard base64', name.replace(/[\w-]/, '+')],
    ['it has full-width letters', `${'Ａ'.repeat(80)}.jpg`],
    ['it is all zeros', `${'A'.repeat(80)}.jpg`],
    ['it has thirty thousand characters', 'A'.repeat(30_000)],
  ])('is invalid if %s', (_, forged) => {
    expect(readLink(forged, NOON - 1, signing)).toBeUndefined()
  })

  it('is invalid if it was signed with another key', () => {
    const otherSigning = linkSigningOf(openVault(Buffer.alloc(32, 8)))
    expect(readLink(buildLinkName(piece, 'image/jpeg', otherSigning), NOON - 1, signing)).toBeUndefined()
  })

  it('differs for another organisation, piece or expiry', () => {
    const others = [
      { ...piece, org: 8 },
      { ...piece, hash: 'ac'.repeat(32) },
      { ...piece, expiresAt: NOON + 1_000 },
    ]
    expect(new Set([name, ...others.map((one) => buildLinkName(one, 'image/jpeg', signing))]).size).toBe(4)
  })
})
