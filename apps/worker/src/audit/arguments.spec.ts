import { parseAuditArguments } from './arguments'

const HASH = 'ab'.repeat(32)

describe('npm run audit', () => {
  it('takes hashes that were noted, by organisation', () => {
    expect(parseAuditArguments(['verify'])).toEqual(new Map())
    expect(parseAuditArguments(['verify', `1:7:${HASH}`, `2:1:${HASH}`, `1:9:${HASH}`])).toEqual(
      new Map([
        [1, [7, 9].map((n) => ({ n, hash: HASH }))],
        [2, [{ n: 1, hash: HASH }]],
      ]),
    )
  })

  it.each([[[]], [['check']], [['verify', '1:7']], [['verify', `1:x:${HASH}`]], [['verify', `1:7:${HASH}0`]]])(
    'refuses %j with the usage',
    (given) => {
      expect(() => parseAuditArguments(given)).toThrow('npm run audit -- verify')
    },
  )
})
