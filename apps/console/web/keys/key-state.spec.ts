import { keyStateOf } from './key-state'

const NOW = Date.parse('2026-11-22T10:00:00Z')

describe('keyStateOf', () => {
  it.each([
    ['active', null, '2026-11-22T10:00:01Z'],
    ['expired', null, '2026-11-22T10:00:00Z'],
    ['revoked', '2026-11-21T10:00:00Z', '2026-11-23T10:00:00Z'],
    ['revoked', '2026-11-21T10:00:00Z', '2026-11-21T12:00:00Z'],
  ] as const)('answers %s for a key that was revoked at %s and expires at %s', (state, revokedAt, expiresAt) => {
    expect(keyStateOf({ revokedAt, expiresAt }, NOW)).toBe(state)
  })
})
