/** Variations of Pinduoduo's cases that follow from their numbers. */
import type { CaseRecord } from '../world/case'
import type { Numbered } from '../world/variety'
import { everyNth } from '../world/variety'

/** Every other resend, repair and exchange that is done ends in 10 like a refund, although nothing is paid. */
export const endsLikeRefund = everyNth(2, 1)

/** How the detail writes a time: its document says milliseconds, clients have seen seconds and texts as well. */
export const timeSpelling = (c: Numbered): 'milliseconds' | 'seconds' | 'text' =>
  everyNth(5, 1)(c) ? 'text' : everyNth(5, 2)(c) ? 'seconds' : 'milliseconds'

/** Where the amount of a case that asks for no money is left empty instead of 0. */
export const leavesAmountEmpty = (record: CaseRecord): boolean => record.refundFen === 0 && everyNth(4, 3)(record)
