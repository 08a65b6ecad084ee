import { linkSigningOf, openVault } from '#access'
import { linkNameOf, readLink } from './signed-links'

const NOON = Date.parse('2026-11-11T04:00:00Z')
const signing = linkSigningOf(openVault(Buffer.alloc(32, 7)))
const piece = { org: 7, hash: 'ab'.repeat(32), until: NOON }
const name = linkNameOf(piece, 'image/jpeg', signing)

describe('a link to a piece of evidence', () => {
  it('contains piece, organisation, expiry and kind of file; nothing of a case or a person', () => {
    expect(name).toMatch(/^[\w-]{80}\.jpg$/)
    expect(readLink(name, NOON - 1, signing)).toEqual({ ...piece, extension: 'jpg' })
  })

  it.each([
    ['a moment before its end', NOON - 1, true],
    ['at its end', NOON, false],
    ['a day later', NOON + 86_400_000, false],
  ])('leads somewhere until its time is over: %s', (_, now, leads) => {
    expect(readLink(name, now, signing) !== undefined).toBe(leads)
  })

  it('with any one bit changed leads nowhere', () => {
    const bytes = Buffer.from(name.slice(0, 80), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(readLink(`${changed.toString('base64url')}.jpg`, NOON - 1, signing)).toBeUndefined()
    }
  })

  it.each([
    ['nothing', ''],
    ['a letter less', name.slice(1)],
    ['a letter more', `A${name}`],
    ['no ending', name.slice(0, 80)],
    ['a long ending', `${name.slice(0, 80)}.jpegs`],
    ['a path', `../${name.slice(3)}`],
    ['something behind it', `${name}/..`],
    ['a line more', `${name}\n`],
    ['another alphabet', name.replace(/[\w-]/, '+')],
    ['wide letters', `${'Ａ'.repeat(80)}.jpg`],
    ['only zeros', `${'A'.repeat(80)}.jpg`],
    ['thirty thousand letters', 'A'.repeat(30_000)],
  ])('that we did not make leads nowhere: %s', (_, made) => {
    expect(readLink(made, NOON - 1, signing)).toBeUndefined()
  })

  it('made with another key leads nowhere', () => {
    const theirs = linkSigningOf(openVault(Buffer.alloc(32, 8)))
    expect(readLink(linkNameOf(piece, 'image/jpeg', theirs), NOON - 1, signing)).toBeUndefined()
  })

  it('is another for another organisation, piece or time', () => {
    const others = [
      { ...piece, org: 8 },
      { ...piece, hash: 'ac'.repeat(32) },
      { ...piece, until: NOON + 1_000 },
    ]
    expect(new Set([name, ...others.map((one) => linkNameOf(one, 'image/jpeg', signing))]).size).toBe(4)
  })
})
