/** Beijing time (UTC+8, without daylight saving): marketplaces, couriers and contracts use it, so the page does wherever it is opened; the footer says so. */
const BEIJING_OFFSET_MS = 8 * 3_600_000

const twoDigits = (n: number): string => String(n).padStart(2, '0')

/** `2026-11-22 14:03:09` in Beijing; undefined if there is no such instant. */
export function fullInstant(iso: string | null | undefined): string | undefined {
  const at = toBeijing(iso)
  if (at === undefined) return undefined
  return `${at.getUTCFullYear()}-${monthDay(at)} ${hourAndMinute(at)}:${twoDigits(at.getUTCSeconds())}`
}

/** `14:03` on the day of `now`, else `11-22 14:03`, else with the year. */
export function shortInstant(iso: string | null | undefined, now: number): string | undefined {
  const at = toBeijing(iso)
  if (at === undefined) return undefined
  const today = new Date(now + BEIJING_OFFSET_MS)
  if (at.getUTCFullYear() !== today.getUTCFullYear()) return `${at.getUTCFullYear()}-${monthDay(at)}`
  return monthDay(at) === monthDay(today) ? hourAndMinute(at) : `${monthDay(at)} ${hourAndMinute(at)}`
}

/** What a date field holds (wall clock in Beijing, `YYYY-MM-DD HH:mm:ss`) as ISO 8601 UTC. */
export function instantOfWall(wall: string): string | undefined {
  const at = Date.parse(`${wall.trim().replace(' ', 'T')}+08:00`)
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined
}

/** A date whose UTC fields are the wall clock in Beijing. */
function toBeijing(iso: string | null | undefined): Date | undefined {
  const at = iso === null || iso === undefined ? Number.NaN : Date.parse(iso)
  return Number.isFinite(at) ? new Date(at + BEIJING_OFFSET_MS) : undefined
}

function monthDay(at: Date): string {
  return `${twoDigits(at.getUTCMonth() + 1)}-${twoDigits(at.getUTCDate())}`
}

function hourAndMinute(at: Date): string {
  return `${twoDigits(at.getUTCHours())}:${twoDigits(at.getUTCMinutes())}`
}
