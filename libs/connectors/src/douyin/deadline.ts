import type { DeadlineFacet } from '#after-sale'
import type { Json } from '../contract'
import { asInteger, instantOfSeconds } from '../contract'

/** `status_deadline` in seconds belongs to the status that came with it; 0 is the platform saying that none runs. */
export function deadlineOf(told: Json | undefined, forRaw: string): DeadlineFacet | undefined {
  if (asInteger(told) === 0) return { due: null, forRaw }
  const due = instantOfSeconds(told)
  return due === undefined ? undefined : { due, forRaw }
}
