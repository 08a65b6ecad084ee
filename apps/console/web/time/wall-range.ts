import dayjs from 'dayjs'
import type { Dayjs } from 'dayjs'
import { fullInstant, instantOfWall } from './instants'

/** Date fields hold a wall clock without a zone: here it is Beijing's, like every time on the page. */
export function wallRange(from: string | undefined, to: string | undefined): [Dayjs | null, Dayjs | null] {
  return [wallOf(from), wallOf(to)]
}

/** ISO 8601 UTC of what a date field holds. */
export function wallText(wall: Dayjs | null | undefined): string | undefined {
  return wall === null || wall === undefined ? undefined : instantOfWall(wall.format('YYYY-MM-DD HH:mm:ss'))
}

function wallOf(iso: string | undefined): Dayjs | null {
  const text = fullInstant(iso)
  return text === undefined ? null : dayjs(text)
}
