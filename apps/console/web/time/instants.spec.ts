import { fullInstant, instantOfWall, shortInstant } from './instants'

describe('instants are shown in Beijing time', () => {
  it('across midnight', () => {
    expect(fullInstant('2026-11-22T16:00:00.000Z')).toBe('2026-11-23 00:00:00')
  })

  it('in short form, without the day if it is today', () => {
    const now = Date.parse('2026-11-22T06:00:00Z')
    expect(shortInstant('2026-11-21T16:00:00Z', now)).toBe('00:00')
    expect(shortInstant('2026-11-21T15:59:00Z', now)).toBe('11-21 23:59')
    expect(shortInstant('2025-12-31T15:59:00Z', now)).toBe('2025-12-31')
  })

  it('and are undefined if there is no instant', () => {
    expect(fullInstant(null)).toBeUndefined()
    expect(fullInstant('soon')).toBeUndefined()
  })

  it('as the wall clock that a date field holds', () => {
    expect(instantOfWall('2026-11-23 00:00:00')).toBe('2026-11-22T16:00:00.000Z')
    expect(instantOfWall('')).toBeUndefined()
  })
})
