import type { CaseRecord } from '../../world/case'
import type { ShownFacts, Trade } from '../../world/trade'
import { automaticStep } from './automatic-step'
import { aftersaleType, seconds } from './codes'
import { DouyinNumbers } from './numbers'
import { stageOf } from './stages'
import { step } from './step'
import { varied } from './varied'

const wholeSeconds = (ms: number): number => seconds(ms) * 1000

export const trade: Trade = {
  marketplace: 'douyin',
  customs: new Set([
    'evidence',
    'extension',
    'refusal-of-returned-goods',
    'repair-without-return',
    'turning-into-refund',
  ]),
  numbers: (kept) => new DouyinNumbers(kept),
  firstStatus: () => 6,
  step,
  stageOf,
  opened: (record) => ({ type: record.specialRight ? '224' : '200', own: { apply_time: seconds(record.appliedMs) } }),
  shown,
  isSpecialRight: (draw) => draw.chance(0.01),
  varied,
  automaticStep,
  due: wholeSeconds,
}

function shown(c: CaseRecord): ShownFacts {
  return {
    type: aftersaleType(c),
    refundFen: c.refundFen,
    deadlineMs: c.status === 12 ? null : c.dueMs,
    appliedMs: wholeSeconds(c.appliedMs),
    updatedMs: wholeSeconds(c.updatedMs),
  }
}
