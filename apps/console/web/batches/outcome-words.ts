import type { BatchItemAnswer, BatchOutcomeGroup } from '../api/schema'
import type { Wording } from '../i18n/use-words'

/** Why it came out so: a reason of ours in words, else the marketplace's code; empty if there is none. */
export const reasonOf = (
  { reason, reasonText }: Pick<BatchOutcomeGroup | BatchItemAnswer, 'reason' | 'reasonText'>,
  { say }: Pick<Wording, 'say'>,
): string => (reasonText === null ? (reason ?? '') : say(reasonText))
