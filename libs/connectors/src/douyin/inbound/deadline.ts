import type { DeadlineFacet } from '#after-sale'
import type { Json } from '../../contract'
import { asInteger, instantOf } from '../../contract'

/** `status_deadline` belongs to the status that came with it; 0 is the platform saying that none runs. */
export function deadlineOf(told: Json | undefined, forRaw: string): DeadlineFacet | undefined {
  if (asInteger(told) === 0) return { due: null, forRaw }
  const due = instantOf(told)
  return due === undefined ? undefined : { due, forRaw }
}
