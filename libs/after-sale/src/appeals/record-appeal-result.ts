import type { RecordAppealResult } from '../actions/commands'
import type { ActionRefusal } from '../actions/request/refusals'
import type { AfterSaleCase } from '../case'
import type { Decision } from '../decision'
import { noChange } from '../decision'
import type { Fen } from '../facets'
import { APPEAL_KINDS } from './appeal-kinds'
import type { AppealedItem } from './appeal-lifecycle'

/**
 * R084: a person reports how one item of an appeal ended. An item won in full recovers the claimed amount unless the
 * report says otherwise; one won in part recovers less, a lost one nothing, and a liability appeal never recovers money
 * (R068). A repeated report changes nothing.
 */
export function recordAppealResult(afterSale: AfterSaleCase | undefined, command: RecordAppealResult): Decision {
  if (afterSale === undefined) return { type: 'refused', reason: 'NoSuchCase' }
  const { appeal: id, kind, result, by, decidedAt, now } = command
  const item = afterSale.appeals?.find((appeal) => appeal.id === id)?.items.find((item) => item.kind === kind)
  if (item === undefined) return { type: 'refused', reason: 'NoSuchAppeal', rule: 'R084' }
  if (decidedAt > now) return { type: 'refused', reason: 'InTheFuture', rule: 'R084' }
  const recovered = recoveredOf(item, command)
  if (typeof recovered === 'string') return { type: 'refused', reason: recovered, rule: 'R070' }
  const isKnown = item.decidedAt === decidedAt && item.result === result && item.recovered === recovered
  if (isKnown) return noChange
  const reported = { id, kind, result, ...(recovered === undefined ? {} : { recovered }), at: decidedAt }
  return { type: 'decided', events: [{ type: 'AppealItemDecided', ...reported, by }], effects: [] }
}

/**
 * The recovered amount, fen; `undefined` where nothing was recovered or the amount is unknown; a refusal where the
 * reported amount is impossible.
 */
function recoveredOf(
  { kind, claimed }: AppealedItem,
  { result, recovered }: RecordAppealResult,
): Fen | undefined | ActionRefusal {
  if (result === 'lost' || APPEAL_KINDS[kind].moves === 'rate')
    return recovered === undefined || recovered === 0 ? undefined : 'AmountTooHigh'
  const amount = recovered ?? (result === 'won' ? claimed : undefined)
  if (amount === undefined) return result === 'won' ? undefined : 'AmountMissing'
  if (!Number.isSafeInteger(amount) || amount <= 0) return 'AmountMissing'
  if (claimed === undefined) return amount
  if (amount > claimed || (result === 'partly' && amount === claimed)) return 'AmountTooHigh'
  return result === 'won' && amount < claimed ? 'AmountNotExact' : amount
}
