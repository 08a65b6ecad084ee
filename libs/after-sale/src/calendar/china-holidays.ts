import type { HolidayCalendar } from '../store-terms/store-terms'

/** One year of public holidays with the notice that it comes from. */
export interface HolidayYear {
  readonly year: number
  /** The notice of the General Office of the State Council, by its number. */
  readonly notice: string
  /** When it was signed, `YYYY-MM-DD`. */
  readonly published: string
  readonly holidays: readonly string[]
  readonly makeUpDays: readonly string[]
}

/** From the first to the last day of one month, both included. */
const daysOfMonth = (month: string, from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `${month}-${String(from + i).padStart(2, '0')}`)

/** 国务院办公厅关于2025年部分节假日安排的通知 */
export const HOLIDAYS_2025: HolidayYear = {
  year: 2025,
  notice: '国办发明电〔2024〕12号',
  published: '2024-11-12',
  holidays: [
    '2025-01-01',
    ...daysOfMonth('2025-01', 28, 31),
    ...daysOfMonth('2025-02', 1, 4),
    ...daysOfMonth('2025-04', 4, 6),
    ...daysOfMonth('2025-05', 1, 5),
    '2025-05-31',
    ...daysOfMonth('2025-06', 1, 2),
    ...daysOfMonth('2025-10', 1, 8),
  ],
  makeUpDays: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
}

/** 国务院办公厅关于2026年部分节假日安排的通知 */
export const HOLIDAYS_2026: HolidayYear = {
  year: 2026,
  notice: '国办发明电〔2025〕7号',
  published: '2025-11-04',
  holidays: [
    ...daysOfMonth('2026-01', 1, 3),
    ...daysOfMonth('2026-02', 15, 23),
    ...daysOfMonth('2026-04', 4, 6),
    ...daysOfMonth('2026-05', 1, 5),
    ...daysOfMonth('2026-06', 19, 21),
    ...daysOfMonth('2026-09', 25, 27),
    ...daysOfMonth('2026-10', 1, 7),
  ],
  makeUpDays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
}

/** Joins years into one calendar. */
export const calendarOf = (years: readonly HolidayYear[]): HolidayCalendar => ({
  years: years.map(({ year }) => year),
  holidays: years.flatMap(({ holidays }) => holidays),
  makeUpDays: years.flatMap(({ makeUpDays }) => makeUpDays),
})

/**
 * Mainland China, as far as published. A later year is unknown until its notice is entered, which is a setting and
 * needs no release.
 */
export const CHINA_HOLIDAYS: HolidayCalendar = calendarOf([HOLIDAYS_2025, HOLIDAYS_2026])
