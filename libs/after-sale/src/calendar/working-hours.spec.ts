import { CHINA_HOLIDAYS } from './china-holidays'
import { CHINA_ZONE_MINUTES } from './civil-time'
import { isSupportOpen } from './support-hours'
import { isWithinHours, weekOf } from './working-hours'

/** A moment in China. */
const at = (date: string, time: string): number => Date.parse(`${date}T${time}+08:00`)
const office = {
  zoneMinutes: CHINA_ZONE_MINUTES,
  week: weekOf([{ from: 540, to: 1080 }], [1, 2, 3, 4, 5]),
  holidays: CHINA_HOLIDAYS,
}
const shop = {
  ...office,
  week: weekOf([
    { from: 540, to: 720 },
    { from: 780, to: 1440 },
  ]),
}

describe('R165: the hours of a store that works 09:00–18:00 from Monday to Friday', () => {
  it.each<[string, string, boolean | undefined, string]>([
    ['2026-11-23', '08:59:59.999', false, 'a moment before it opens'],
    ['2026-11-23', '09:00:00.000', true, 'as it opens'],
    ['2026-11-23', '17:59:59.999', true, 'a moment before it closes'],
    ['2026-11-23', '18:00:00.000', false, 'as it closes'],
    ['2026-11-22', '12:00:00.000', false, 'on a Sunday'],
    ['2026-10-05', '12:00:00.000', false, 'on a Monday in the holidays'],
    ['2026-10-10', '12:00:00.000', true, 'on a make-up Saturday'],
    ['2026-10-10', '19:00:00.000', false, 'in the evening of a make-up Saturday'],
    ['2027-01-04', '12:00:00.000', undefined, 'on a Monday of a year that is not published: it may be a holiday'],
    ['2027-01-04', '20:00:00.000', false, 'in its evening: closed, whatever the day turns out to be'],
    ['2027-01-09', '12:00:00.000', undefined, 'on a Saturday of that year: it may be a make-up day'],
    ['2027-01-09', '03:00:00.000', false, 'at night'],
  ])('%s %s → %s: %s', (date, time, open) => expect(isWithinHours(at(date, time), office)).toBe(open))

  it('where holidays are worked like other days no year is unknown', () => {
    const { holidays: _, ...always } = office
    expect(
      [at('2026-10-05', '12:00'), at('2027-01-04', '12:00'), at('2026-10-10', '12:00')].map((t) =>
        isWithinHours(t, always),
      ),
    ).toEqual([true, true, false])
  })
})

describe('R165: the hours of a store with a break that works every day to midnight', () => {
  it.each([
    ['2026-11-22', '11:59:59.999', true, 'a moment before the break'],
    ['2026-11-22', '12:00:00.000', false, 'in the break'],
    ['2026-11-22', '13:00:00.000', true, 'after it'],
    ['2026-11-22', '23:59:59.999', true, 'a moment before midnight'],
    ['2026-11-23', '00:00:00.000', false, 'at midnight'],
    ['2026-02-28', '14:00:00.000', true, 'on a make-up Saturday, which has its own hours'],
  ])('%s %s → %s: %s', (date, time, open) => expect(isWithinHours(at(date, time), shop)).toBe(open))

  it('is closed on every day when it never opens', () => {
    expect(isWithinHours(at('2026-10-10', '12:00'), { ...office, week: weekOf([]) })).toBe(false)
  })
})

describe('R043, R104: the platform’s own customer service', () => {
  it.each<[string, boolean | undefined, string]>([
    ['08:59', false, 'both rules say closed'],
    ['09:00', true, 'both say open'],
    ['19:59', true, 'both say open'],
    ['20:00', undefined, 'one says open, the other closed'],
    ['23:59', undefined, 'one says open, the other closed'],
    ['00:00', false, 'both say closed'],
  ])('%s → %s: %s', (time, open) => expect(isSupportOpen(at('2026-11-22', time))).toBe(open))

  it('R104: believed alone it closes at eight', () => {
    const only = [{ value: weekOf([{ from: 540, to: 1200 }]), rule: 'R104', from: '2023-01-01' }] as const
    expect([at('2026-11-22', '19:59'), at('2026-11-22', '20:00')].map((t) => isSupportOpen(t, only))).toEqual([
      true,
      false,
    ])
  })
})
