import type { CaseRecord } from '../../world/case'
import type { ShownFacts, Trade } from '../../world/trade'
import { leavesAmountEmpty, timeSpelling } from '../variety'
import { detailType, firstStatus, isMerchantTurn } from './codes'
import { groupFailure } from './group-failure'
import { PinduoduoNumbers } from './numbers'
import { stageOf } from './stages'
import { step } from './step'

export const trade: Trade = {
  marketplace: 'pinduoduo',
  optionalActs: new Set(['recall']),
  numbers: (snapshot) => new PinduoduoNumbers(snapshot),
  firstStatus,
  step,
  stageOf,
  openingNotice: (record) => ({
    type: 'pdd_refund_RefundCreated',
    own: { operation: record.lastActor === 'system' ? 1003 : 1000 },
  }),
  shownFacts,
  groupFailure,
}

/** A deadline is shown only while the merchant must act, and to the second where its spelling has no milliseconds. */
function shownFacts(record: CaseRecord): ShownFacts {
  const keepsMilliseconds = record.dueMs === null || timeSpelling(record) === 'milliseconds'
  const dueMs = keepsMilliseconds ? record.dueMs : Math.floor((record.dueMs ?? 0) / 1000) * 1000
  return {
    type: detailType[record.kind],
    refundFen: leavesAmountEmpty(record) ? null : record.refundFen,
    deadlineMs: isMerchantTurn(record) ? dueMs : null,
    appliedMs: record.appliedMs,
    updatedMs: record.updatedMs,
  }
}
