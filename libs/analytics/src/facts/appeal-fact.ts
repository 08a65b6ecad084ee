import type { AppealedItem } from '#after-sale'
import { OF_CASE, day, fen, flag, instant, text } from './column'
import type { FactRow } from './column'
import type { FactSubject } from './case-fact'
import { ofCase } from './case-fact'
import { dayOf } from './day'

/** One row an item of an appeal: each is decided by itself (R084). */
export const APPEAL_COLUMNS = {
  ...OF_CASE,
  appeal: text('申诉编号', 'id of the appeal'),
  appeal_kind: text('申诉类型', 'kind of the appeal'),
  result: text('结果', 'result'),
  decided: flag('是否已判', 'whether it was decided'),
  won: flag('是否成功，含部分成功', 'whether it was won, in part or whole'),
  claimed_fen: fen('申诉金额', 'amount claimed'),
  recovered_fen: fen(
    '追回金额；全部成功而未告知时为申诉金额；判责申诉无金额（R068）',
    'money recovered; the claim where it was won whole and no amount was reported; none for liability (R068)',
  ),
  recovered_unknown: flag('追回金额未知', 'won in part, and it is unknown how much'),
  filed_at: instant('申诉时间', 'when it was filed'),
  filed_day: day('申诉日', 'day of filing'),
  decided_at: instant('判定时间', 'when it was decided'),
  decided_day: day('判定日', 'day of the decision'),
} as const

export const appealFactsOf = (subject: FactSubject): readonly FactRow[] =>
  (subject.afterSale.appeals ?? []).flatMap(({ id, filedAt, items }) =>
    items.map((item, nth) => ({
      ...ofCase(subject),
      ...itemFact(item),
      appeal: `${id}/${nth}`,
      ...filedColumns(filedAt),
    })),
  )

const filedColumns = (at: number) => ({ filed_at: at, filed_day: dayOf(at) })

function itemFact({ kind, result, claimed, recovered, decidedAt }: AppealedItem) {
  const won = result === 'won' || result === 'partly'
  const money = won && kind !== 'liability'
  const recoveredFen = money ? (recovered ?? (result === 'won' ? claimed : undefined)) : undefined
  return {
    appeal_kind: kind,
    result,
    decided: won || result === 'lost',
    won,
    claimed_fen: claimed ?? null,
    recovered_fen: recoveredFen ?? null,
    recovered_unknown: money && recoveredFen === undefined,
    decided_at: decidedAt ?? null,
    decided_day: dayOf(decidedAt),
  }
}
