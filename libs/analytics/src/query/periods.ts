/** Days are `YYYY-MM-DD` of Asia/Shanghai; a week begins on Monday. */
export type CalendarGrain = 'day' | 'week' | 'month'
/** `range`: the whole range as one period. */
export type Grain = CalendarGrain | 'range'

const DAY_MS = 86_400_000
const msOf = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

export const addDays = (day: string, days: number): string => dayAt(msOf(day) + days * DAY_MS)
export const monthStartOf = (day: string): string => `${day.slice(0, 7)}-01`
/** A day of this century, the only ones that are recorded: beyond year 9999 days would no longer be compared as texts. */
export const isDay = (text: string): boolean =>
  /^20\d{2}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(msOf(text)) && dayAt(msOf(text)) === text

/** The first day of the period in which a day lies. */
export function startOf(day: string, grain: CalendarGrain): string {
  if (grain === 'day') return day
  return grain === 'month' ? monthStartOf(day) : addDays(day, -((new Date(msOf(day)).getUTCDay() + 6) % 7))
}

/** The first day of the period that is so many later. */
export function shiftPeriods(day: string, grain: CalendarGrain, periods: number): string {
  if (grain === 'day') return addDays(day, periods)
  const start = startOf(day, grain)
  if (grain === 'week') return addDays(start, 7 * periods)
  const [year = 0, month = 0] = start.split('-').map(Number)
  return dayAt(Date.UTC(year, month - 1 + periods, 1))
}

/** One point of an answer: its days from `from` on, before `to`. `period`: its first day, also where the range begins later. */
export interface Period {
  readonly period: string
  readonly from: string
  readonly to: string
}

/** Every period of a range without gaps, so that a day on which nothing happened is there as well. */
export function periodsOf(from: string, to: string, grain: Grain): readonly Period[] {
  if (grain === 'range') return [{ period: from, from, to }]
  const periods: Period[] = []
  for (let period = startOf(from, grain); period < to; period = shiftPeriods(period, grain, 1)) {
    const next = shiftPeriods(period, grain, 1)
    periods.push({ period, from: period < from ? from : period, to: next < to ? next : to })
  }
  return periods
}

/** As many periods before, each cut as its counterpart is, so that half a month is beside half a month; before a range as many days. */
export function periodsBefore(from: string, to: string, grain: Grain): readonly Period[] {
  if (grain === 'range') return periodsOf(addDays(from, -daysOf(from, to).length), from, grain)
  const periods = periodsOf(from, to, grain)
  return periods.map((later) => {
    const period = shiftPeriods(later.period, grain, -periods.length)
    const end = shiftPeriods(period, grain, 1)
    const isWhole = later.to === shiftPeriods(later.period, grain, 1)
    const sameDay = (day: string): string => addDays(period, daysOf(later.period, day).length)
    // A shorter month has at least its last day.
    const begin = earlier(sameDay(later.from), addDays(end, -1))
    return { period, from: begin, to: isWhole ? end : earlier(sameDay(later.to), end) }
  })
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

export function daysOf(from: string, to: string): readonly string[] {
  const days: string[] = []
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day)
  return days
}
