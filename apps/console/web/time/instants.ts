/** Marketplaces, couriers and contracts use Beijing time, so the page does too wherever it is opened; the footer says so. */
const OFFSET = 8 * 3_600_000

const two = (n: number): string => String(n).padStart(2, '0')

/** `2026-11-22 14:03:09` in Beijing; undefined if there is no such instant. */
export function fullInstant(iso: string | null | undefined): string | undefined {
  const at = beijing(iso)
  if (at === undefined) return undefined
  return `${at.getUTCFullYear()}-${monthDay(at)} ${clock(at)}:${two(at.getUTCSeconds())}`
}

/** `14:03` on the day of `now`, else `11-22 14:03`, else with the year. */
export function shortInstant(iso: string | null | undefined, now: number): string | undefined {
  const at = beijing(iso)
  if (at === undefined) return undefined
  const today = new Date(now + OFFSET)
  if (at.getUTCFullYear() !== today.getUTCFullYear()) return `${at.getUTCFullYear()}-${monthDay(at)}`
  return monthDay(at) === monthDay(today) ? clock(at) : `${monthDay(at)} ${clock(at)}`
}

/** What a date field holds (wall clock in Beijing, `YYYY-MM-DD HH:mm:ss`) as ISO 8601 UTC. */
export function instantOfWall(wall: string): string | undefined {
  const at = Date.parse(`${wall.trim().replace(' ', 'T')}+08:00`)
  return Number.isFinite(at) ? new Date(at).toISOString() : undefined
}

function beijing(iso: string | null | undefined): Date | undefined {
  const at = iso === null || iso === undefined ? Number.NaN : Date.parse(iso)
  return Number.isFinite(at) ? new Date(at + OFFSET) : undefined
}

function monthDay(at: Date): string {
  return `${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`
}

function clock(at: Date): string {
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}
