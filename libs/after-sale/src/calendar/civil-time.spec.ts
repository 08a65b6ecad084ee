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

const at = (utc: string): number => Date.parse(utc)

describe('civil time', () => {
  it('equals the run time’s own calendar, for every instant in every zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('1900-01-01T00:00:00Z'), max: at('2400-01-01T00:00:00Z') }),
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
    ['15:59:59.999Z is still the tenth in China', '2026-11-10T15:59:59.999Z', '2026-11-10'],
    ['16:00Z is the eleventh in China', '2026-11-10T16:00:00Z', '2026-11-11'],
  ])('%s', (_, utc, date) => expect(formatDate(civilDayOf(at(utc), CHINA_ZONE_MINUTES))).toBe(date))

  it.each([
    ['2026-11-10T16:00:00Z', '2026-11-11T15:59:59Z', 0],
    ['2026-11-11T15:59:59Z', '2026-11-11T16:00:00Z', 1],
    ['2026-11-11T04:00:00Z', '2026-11-18T04:00:00Z', 7],
    ['2026-11-18T04:00:00Z', '2026-11-11T04:00:00Z', -7],
  ])('between %s and %s there are %i midnights in China', (from, to, days) =>
    expect(daysBetween(at(from), at(to), CHINA_ZONE_MINUTES)).toBe(days),
  )

  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', '2026/01/01', 'yesterday!', ''])(
    '%j is no date',
    (text) => expect(parseCivilDay(text)).toBeUndefined(),
  )

  it.each([
    ['2024-02-29', 19_782],
    ['1970-01-01', 0],
    ['1969-12-31', -1],
  ])('%s is day %i', (date, day) => expect(parseCivilDay(date)).toBe(day))
})
