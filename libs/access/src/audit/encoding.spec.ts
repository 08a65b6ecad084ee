import fc from 'fast-check'
import { property } from '../../../../test/property'
import type { EncodedEntry } from './encoding'
import { codeOf, detailsText, encodeEntry, subjectOf } from './encoding'

const entry = fc.record({
  org: fc.nat(),
  at: fc.nat(),
  actor: fc.string({ maxLength: 6 }),
  action: fc.string({ maxLength: 6 }),
  subject: fc.string({ maxLength: 6 }),
  details: fc.string({ maxLength: 6 }),
})
const same = (a: EncodedEntry, b: EncodedEntry): boolean =>
  (Object.keys(a) as (keyof EncodedEntry)[]).every((key) => a[key] === b[key])

describe('the bytes of an entry that are hashed', () => {
  it('differ for every two entries that differ', () =>
    property(entry, entry, (a, b) => encodeEntry(a).equals(encodeEntry(b)) === same(a, b)))

  it('differ when a letter moves from one field to the next', () => {
    const one = { org: 1, at: 2, actor: 'person:1', action: 'a', subject: 's', details: '{}' }
    expect(encodeEntry({ ...one, action: 'as', subject: '' }).equals(encodeEntry(one))).toBe(false)
    expect(encodeEntry({ ...one, org: 12, at: 2 }).equals(encodeEntry({ ...one, org: 1, at: 22 }))).toBe(false)
  })
})

describe('the details of an entry', () => {
  it('are the same text in any order', () => {
    expect(detailsText({ b: 1, a: [2, 'x'], c: null })).toBe('{"a":[2,"x"],"b":1,"c":null}')
    expect(detailsText({ c: null, a: [2, 'x'], b: 1 })).toBe(detailsText({ b: 1, a: [2, 'x'], c: null }))
  })

  it('are ids, codes and numbers; a possible name or typed text is replaced', () => {
    expect(
      detailsText({ by: '王小明', note: 'call him', list: ['ok', 'not ok'], intent: 'a-1/2', 'a key': true }),
    ).toBe('{"[text]":true,"by":"[text]","intent":"a-1/2","list":["ok","[text]"],"note":"[text]"}')
    expect(codeOf('x'.repeat(129))).toBe('[text]')
    expect([subjectOf('case:0198a-1'), subjectOf('case:\0'), subjectOf('王小明')]).toEqual([
      'case:0198a-1',
      'case:[text]',
      '[text]',
    ])
  })
})
