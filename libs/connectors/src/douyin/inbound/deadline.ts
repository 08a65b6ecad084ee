import type { DeadlineFacet } from '#after-sale'
import type { Json } from '../../contract'
import { asInteger, asInstant } from '../../contract'

/** `status_deadline` belongs to the status that came with it; 0 means that none runs. */
export function deadlineOf(seconds: Json | undefined, forRaw: string): DeadlineFacet | undefined {
  if (asInteger(seconds) === 0) return { due: null, forRaw }
  const due = asInstant(seconds)
  return due === undefined ? undefined : { due, forRaw }
}
