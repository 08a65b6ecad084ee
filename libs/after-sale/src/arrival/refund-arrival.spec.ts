import { CHINA_ZONE_MINUTES } from '../calendar/civil-time'
import type { HolidayCalendar } from '../store-terms/store-terms'
import { refundArrivalOf } from './refund-arrival'
import { DEFAULT_ARRIVAL, type PaymentMethod } from './terms'

/** A holiday of three days that begins on a Thursday. The next year is not published. */
const calendar: HolidayCalendar = {
  years: [2026],
  holidays: ['2026-06-18', '2026-06-19', '2026-06-20'],
  makeUpDays: [],
}
const inChina = (clock: string): number => Date.parse(`${clock}:00+08:00`)
const arrival = (approved: string, method: PaymentMethod) =>
  refundArrivalOf(inChina(approved), method, DEFAULT_ARRIVAL, calendar, CHINA_ZONE_MINUTES)

describe('when the buyer’s money should arrive, without holidays', () => {
  it.each<[string, PaymentMethod, string, string, string]>([
    ['R112', 'wechat-pay', '2026-06-01T10:01', '2026-06-01T10:03', 'R112'],
    ['R113', 'original', '2026-06-01T10:00', '2026-06-02T10:00', 'R113'],
    ['R115', 'savings-card', '2026-06-03T10:00', '2026-06-07T10:00', 'R115'],
    ['R116', 'credit-card', '2026-06-04T10:00', '2026-06-08T10:00', 'R116'],
  ])('%s: %s', (_, method, earliest, due, rule) => {
    expect(arrival('2026-06-01T10:00', method)).toEqual({
      earliest: inChina(earliest),
      due: inChina(due),
      source: 'DERIVED',
      rule,
      delayed: 'false',
    })
  })
})

describe('R114: public holidays delay the arrival', () => {
  it.each<[string, PaymentMethod, string, string, string]>([
    ['the money is there on the eve', 'original', '2026-06-16T23:00', '2026-06-17T23:00', 'false'],
    ['the day after the approval is the first of three', 'original', '2026-06-17T10:00', '2026-06-21T10:00', 'true'],
    ['the approval itself is on the last of them', 'original', '2026-06-20T10:00', '2026-06-21T10:00', 'false'],
    ['three of the six days do not count', 'savings-card', '2026-06-15T10:00', '2026-06-24T10:00', 'true'],
    [
      'the last of the six days is the first of the three',
      'savings-card',
      '2026-06-12T10:00',
      '2026-06-21T10:00',
      'true',
    ],
    ['the six days end on the eve', 'savings-card', '2026-06-11T10:00', '2026-06-17T10:00', 'false'],
    ['three of the seven days do not count', 'credit-card', '2026-06-15T10:00', '2026-06-25T10:00', 'true'],
    ['WeChat Pay does not rest', 'wechat-pay', '2026-06-18T10:00', '2026-06-18T10:03', 'false'],
    ['an ordinary weekend changes nothing', 'original', '2026-06-05T10:00', '2026-06-06T10:00', 'false'],
    ['a year that is not published leaves it open', 'credit-card', '2026-12-30T10:00', '2027-01-06T10:00', 'unknown'],
  ])('%s', (_, method, approved, due, delayed) => {
    expect(arrival(approved, method)).toMatchObject({ due: inChina(due), delayed })
  })

  it('counts days in the store’s time zone', () => {
    const approved = inChina('2026-06-17T07:00')
    const arrivalInGreenwich = refundArrivalOf(approved, 'original', DEFAULT_ARRIVAL, calendar, 0)
    // In Greenwich the approval is still on the 16th, so its 24 hours end on the eve.
    expect(arrivalInGreenwich).toMatchObject({ due: approved + 24 * 3_600_000, delayed: 'false' })
    expect(refundArrivalOf(approved, 'original', DEFAULT_ARRIVAL, calendar, CHINA_ZONE_MINUTES).delayed).toBe('true')
  })
})
