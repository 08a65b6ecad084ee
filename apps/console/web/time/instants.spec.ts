import { fullInstant, instantOfWall, shortInstant } from './instants'

describe('instants are read in Beijing time', () => {
  it('past the day’s edge', () => {
    expect(fullInstant('2026-11-22T16:00:00.000Z')).toBe('2026-11-23 00:00:00')
  })

  it('shortly, without the day where it is today’s', () => {
    const now = Date.parse('2026-11-22T06:00:00Z')
    expect(shortInstant('2026-11-21T16:00:00Z', now)).toBe('00:00')
    expect(shortInstant('2026-11-21T15:59:00Z', now)).toBe('11-21 23:59')
    expect(shortInstant('2025-12-31T15:59:00Z', now)).toBe('2025-12-31')
  })

  it('and what is no instant stays unknown', () => {
    expect(fullInstant(null)).toBeUndefined()
    expect(fullInstant('soon')).toBeUndefined()
  })

  it('what a date field holds is Beijing’s wall clock', () => {
    expect(instantOfWall('2026-11-23 00:00:00')).toBe('2026-11-22T16:00:00.000Z')
    expect(instantOfWall('')).toBeUndefined()
  })
})
