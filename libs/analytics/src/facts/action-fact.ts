import { OF_CASE, day, fen, flag, instant, text } from './column'
import type { FactRow } from './column'
import type { FactSubject } from './case-fact'
import { ofCase, strategyOf, tookEffect } from './case-fact'
import { dayOf } from './day'

/** One row an action that a person or a strategy requested. Who the person was is not in it. */
export const ACTION_COLUMNS = {
  ...OF_CASE,
  intent: text('操作编号', 'id of the action'),
  action: text('操作', 'action'),
  requested_by: text('由谁发起：strategy、person', 'who requested it: strategy, person'),
  strategy: text('策略及版本；none 表示人工', 'the strategy with its version; none: a person'),
  way: text('执行方式', 'how it is carried out'),
  state: text('状态', 'state'),
  took_effect: flag('平台已受理或已显示', 'the marketplace accepted it or shows it'),
  overruled: flag('被撤销，或已有其他结果', 'withdrawn, or overtaken by something else'),
  uncertain: flag('结果尚未确认', 'not known yet whether it happened'),
  amount_fen: fen('最多花费的金额', 'the most that it can cost'),
  requested_at: instant('发起时间', 'when it was requested'),
  requested_day: day('发起日', 'day of the request'),
} as const

export const actionFactsOf = (subject: FactSubject): readonly FactRow[] =>
  (subject.afterSale.intents ?? []).map((intent) => ({
    ...ofCase(subject),
    intent: intent.id,
    action: intent.action.name,
    requested_by: intent.by.kind,
    strategy: strategyOf(intent),
    way: intent.way,
    state: intent.state,
    took_effect: tookEffect(intent),
    overruled: intent.state === 'overtaken' || intent.state === 'withdrawn',
    uncertain: intent.state === 'attested' || intent.state === 'in-doubt',
    amount_fen: intent.amount,
    requested_at: intent.at,
    requested_day: dayOf(intent.at),
  }))
