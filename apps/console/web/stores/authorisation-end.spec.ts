import { authorisationEndOf } from './authorisation-end'

describe('the end of an authorisation', () => {
  const now = Date.parse('2026-11-30T00:00:00Z')
  const until = (authorisedUntil: string | null, removedAt: string | null = null) =>
    authorisationEndOf({ connection: { app: 1, authorisedUntil, pausedAt: null, removedAt } }, now)

  it('is warned of a month before', () => {
    expect([until('2026-12-30T00:00:01Z'), until('2026-12-29T23:59:59Z'), until('2026-11-30T00:00:00Z')]).toEqual([
      undefined,
      'ends',
      'ended',
    ])
  })

  it('is not warned of where the marketplace names none, or the store was removed', () => {
    expect([until(null), until('2026-12-01T00:00:00Z', '2026-11-29T00:00:00Z')]).toEqual([undefined, undefined])
  })
})
