import { keyStateOf } from './key-state'

const NOW = Date.parse('2026-11-22T10:00:00Z')

describe('the state of an API key', () => {
  it.each([
    ['active', null, '2026-11-22T10:00:01Z'],
    ['expired', null, '2026-11-22T10:00:00Z'],
    ['revoked', '2026-11-21T10:00:00Z', '2026-11-23T10:00:00Z'],
    ['revoked', '2026-11-21T10:00:00Z', '2026-11-21T12:00:00Z'],
  ] as const)('is %s: revoked %s, expires %s', (state, revokedAt, expiresAt) => {
    expect(keyStateOf({ revokedAt, expiresAt }, NOW)).toBe(state)
  })
})
