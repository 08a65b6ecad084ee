import type { CaseRecord } from '../../world/case'
import type { ShownFacts, Trade } from '../../world/trade'
import { automaticStep } from './automatic-step'
import { aftersaleType, seconds } from './codes'
import { DouyinNumbers } from './numbers'
import { stageOf } from './stages'
import { step } from './step'
import { specialCase } from './special-case'

const wholeSeconds = (ms: number): number => seconds(ms) * 1000

export const trade: Trade = {
  marketplace: 'douyin',
  optionalActs: new Set([
    'evidence',
    'extension',
    'refusal-of-returned-goods',
    'repair-without-return',
    'turning-into-refund',
  ]),
  numbers: (snapshot) => new DouyinNumbers(snapshot),
  firstStatus: () => 6,
  step,
  stageOf,
  openingNotice: (record) => ({
    type: record.specialRight ? '224' : '200',
    own: { apply_time: seconds(record.appliedMs) },
  }),
  shownFacts,
  isSpecialRight: (draw) => draw.chance(0.01),
  specialCase,
  automaticStep,
  roundDeadline: wholeSeconds,
}

function shownFacts(record: CaseRecord): ShownFacts {
  return {
    type: aftersaleType(record),
    refundFen: record.refundFen,
    deadlineMs: record.status === 12 ? null : record.dueMs,
    appliedMs: wholeSeconds(record.appliedMs),
    updatedMs: wholeSeconds(record.updatedMs),
  }
}
