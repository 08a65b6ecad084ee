import type { CaseRecord } from '../../world/case'
import type { ShownFacts, Trade } from '../../world/trade'
import { seconds, status, type } from './codes'
import { SkeletonNumbers } from './numbers'
import { stageOf } from './stages'
import { step } from './step'

export const trade: Trade = {
  marketplace: 'skeleton',
  customs: new Set(),
  numbers: (kept) => new SkeletonNumbers(kept),
  firstStatus: () => status.applied,
  step,
  stageOf,
  opened: () => ({ type: 'case-opened' }),
  shown,
  due: wholeSeconds,
}

function wholeSeconds(ms: number): number {
  return seconds(ms) * 1000
}

function shown(c: CaseRecord): ShownFacts {
  return {
    type: type[c.kind],
    refundFen: c.refundFen,
    deadlineMs: c.dueMs,
    appliedMs: wholeSeconds(c.appliedMs),
    updatedMs: wholeSeconds(c.updatedMs),
  }
}
