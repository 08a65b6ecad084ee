import { dayOf } from './day'

describe('the day of an instant', () => {
  it.each([
    ['2026-11-10T15:59:59.999Z', '2026-11-10'],
    ['2026-11-10T16:00:00.000Z', '2026-11-11'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
  ])('%s lies on %s in Shanghai', (at, day) => expect(dayOf(Date.parse(at))).toBe(day))

  it.each([undefined, 0, -1, NaN, Infinity, Date.UTC(2100, 0, 1), Number.MAX_SAFE_INTEGER])('of %s is unknown', (at) =>
    expect(dayOf(at)).toBeNull(),
  )
})
