import type { CaseRecord } from '../../world/case'
import type { ShownFacts, Trade } from '../../world/trade'
import { seconds, status, type } from './codes'
import { SkeletonNumbers } from './numbers'
import { stageOf } from './stages'
import { step } from './step'

export const trade: Trade = {
  marketplace: 'skeleton',
  optionalActs: new Set(),
  numbers: (snapshot) => new SkeletonNumbers(snapshot),
  firstStatus: () => status.applied,
  step,
  stageOf,
  openingNotice: () => ({ type: 'case-opened' }),
  shownFacts,
  roundDeadline: wholeSeconds,
}

function wholeSeconds(ms: number): number {
  return seconds(ms) * 1000
}

function shownFacts(record: CaseRecord): ShownFacts {
  return {
    type: type[record.kind],
    refundFen: record.refundFen,
    deadlineMs: record.dueMs,
    appliedMs: wholeSeconds(record.appliedMs),
    updatedMs: wholeSeconds(record.updatedMs),
  }
}
