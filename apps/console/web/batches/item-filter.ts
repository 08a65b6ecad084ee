import type { BatchOutcome } from '../api/schema'
import { batchTexts } from '../i18n/batch-texts'
import type { ItemFilter } from './batch-queries'

const isOutcome = (word: string | null): word is BatchOutcome =>
  word !== null && Object.hasOwn(batchTexts.batches.outcome, word)

/** Which cases of a batch are shown, as in the address bar. What has no meaning there is ignored. */
export function itemFilterOf(params: URLSearchParams): ItemFilter {
  const outcome = params.get('outcome')
  if (!isOutcome(outcome)) return {}
  return { outcome, reason: params.get('reason') || undefined }
}

export const itemFilterParams = ({ outcome, reason }: ItemFilter): Record<string, string> =>
  outcome === undefined ? {} : { outcome, ...(reason === undefined ? {} : { reason }) }
