import { fullInstant, instantOfWall, shortInstant } from './instants'

describe('instants in Beijing time', () => {
  it('have the date of Beijing, also across midnight', () => {
    expect(fullInstant('2026-11-22T16:00:00.000Z')).toBe('2026-11-23 00:00:00')
  })

  it('are shown without the day if it is today', () => {
    const now = Date.parse('2026-11-22T06:00:00Z')
    expect(shortInstant('2026-11-21T16:00:00Z', now)).toBe('00:00')
    expect(shortInstant('2026-11-21T15:59:00Z', now)).toBe('11-21 23:59')
    expect(shortInstant('2025-12-31T15:59:00Z', now)).toBe('2025-12-31')
  })

  it('are undefined if there is no such instant', () => {
    expect(fullInstant(null)).toBeUndefined()
    expect(fullInstant('soon')).toBeUndefined()
  })

  it('are parsed from the wall clock that a date field holds', () => {
    expect(instantOfWall('2026-11-23 00:00:00')).toBe('2026-11-22T16:00:00.000Z')
    expect(instantOfWall('')).toBeUndefined()
  })
})
