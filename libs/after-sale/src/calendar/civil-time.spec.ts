import fc from 'fast-check'
import {
  CHINA_ZONE_MINUTES,
  DAY,
  civilDateOf,
  civilDayOf,
  formatLocalTime,
  formatDate,
  parseCivilDay,
  civilDayOfDate,
  daysBetween,
  minuteOfDay,
  startOfDay,
  weekdayOf,
} from './civil-time'

/** UTC ms. */
const parseUtc = (utc: string): number => Date.parse(utc)

describe('civil time', () => {
  it('agrees with the calendar of `Date`, for every instant in every zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: parseUtc('1900-01-01T00:00:00Z'), max: parseUtc('2400-01-01T00:00:00Z') }),
        fc.integer({ min: -720, max: 840 }),
        (instant, zone) => {
          const shifted = new Date(instant + zone * 60_000)
          const day = civilDayOf(instant, zone)
          expect([formatDate(day), weekdayOf(day), minuteOfDay(instant, zone)]).toEqual([
            shifted.toISOString().slice(0, 10),
            shifted.getUTCDay(),
            shifted.getUTCHours() * 60 + shifted.getUTCMinutes(),
          ])
          expect(formatLocalTime(instant, zone)).toBe(shifted.toISOString().slice(0, 19).replace('T', ' '))
          expect(parseCivilDay(formatDate(day))).toBe(day)
          const { year, month, date } = civilDateOf(day)
          expect(civilDayOfDate(year, month, date)).toBe(day)
          const start = startOfDay(day, zone)
          expect(start <= instant && instant < start + DAY).toBe(true)
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it.each([
    ['15:59:59.999Z on the 10th is still the 10th in China', '2026-11-10T15:59:59.999Z', '2026-11-10'],
    ['16:00Z on the 10th is already the 11th in China', '2026-11-10T16:00:00Z', '2026-11-11'],
  ])('%s', (_, utc, expectedDate) => {
    expect(formatDate(civilDayOf(parseUtc(utc), CHINA_ZONE_MINUTES))).toBe(expectedDate)
  })

  it.each([
    ['2026-11-10T16:00:00Z', '2026-11-11T15:59:59Z', 0],
    ['2026-11-11T15:59:59Z', '2026-11-11T16:00:00Z', 1],
    ['2026-11-11T04:00:00Z', '2026-11-18T04:00:00Z', 7],
    ['2026-11-18T04:00:00Z', '2026-11-11T04:00:00Z', -7],
  ])('between %s and %s there are %i midnights in China', (from, to, expectedMidnights) =>
    expect(daysBetween(parseUtc(from), parseUtc(to), CHINA_ZONE_MINUTES)).toBe(expectedMidnights),
  )

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', '2026/01/01', 'yesterday!', ''])(
    '%j is not parsed as a date',
    (text) => expect(parseCivilDay(text)).toBeUndefined(),
  )

  it.each([
    ['2024-02-29', 19_782],
    ['1970-01-01', 0],
    ['1969-12-31', -1],
  ])('%s is parsed as day %i since 1970', (date, expectedDay) => expect(parseCivilDay(date)).toBe(expectedDay))
})
