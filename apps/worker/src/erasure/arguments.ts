import type { ErasureReason } from '#after-sale'
import { ERASURE_REASONS } from '#after-sale'
import { CommandError } from '#runtime'

export interface EraseArguments {
  readonly caseId: string
  readonly why: ErasureReason
  /** Also cases that are still open. */
  readonly withOpen: boolean
  /** Otherwise it is only said what would be erased. */
  readonly yes: boolean
}

const REASONS = Object.keys(ERASURE_REASONS).filter((why) => why !== 'retention')

export const USAGE = `npm run erase -- CASE-ID --why ${REASONS.join('|')} [--with-open] [--yes]
  erases the buyer of a case from all cases with the same phone number; without --yes it only says what would be erased
  --with-open   also cases that are still open: their evidence is lost`

const CASE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** @throws CommandError with the usage */
export function parseEraseArguments(words: readonly string[]): EraseArguments {
  const [caseId = '', option, why = '', ...flags] = words
  const known = ['--with-open', '--yes']
  const isUsable = CASE_ID.test(caseId) && option === '--why' && REASONS.includes(why)
  if (!isUsable || !flags.every((flag) => known.includes(flag))) throw new CommandError(USAGE)
  const [withOpen, yes] = known.map((flag) => flags.includes(flag)) as [boolean, boolean]
  return { caseId, why: why as ErasureReason, withOpen, yes }
}
