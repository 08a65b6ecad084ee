import type { DeadlineKind } from '#after-sale'
import { DEADLINES } from '#after-sale'
import { OF_CASE, day, flag, instant, text } from './column'
import type { FactRow } from './column'
import type { FactSubject } from './case-fact'
import { ofCase } from './case-fact'
import { dayOf } from './day'

/** One row a deadline that passed: of each kind the last one of a case. */
export const DEADLINE_COLUMNS = {
  ...OF_CASE,
  deadline: text('时限', 'deadline'),
  turn: text('待谁处理', 'whose turn it was'),
  ours: flag('是否为商家的时限', 'whether it was the merchant’s'),
  due_at: instant('到期时间', 'when it was due'),
  due_day: day('到期日', 'day on which it was due'),
} as const

export const deadlineFactsOf = (subject: FactSubject): readonly FactRow[] =>
  (Object.entries(subject.afterSale.passed) as [DeadlineKind, number][]).map(([deadline, due]) => ({
    ...ofCase(subject),
    deadline,
    turn: DEADLINES[deadline].turn,
    ours: DEADLINES[deadline].turn === 'us',
    due_at: due,
    due_day: dayOf(due),
  }))
