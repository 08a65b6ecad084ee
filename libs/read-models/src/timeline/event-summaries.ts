import type { CaseEvent, CaseEventType, Kind, Outcome, Status, Term } from '#after-sale'
import {
  APPEAL_KINDS,
  BREACHES,
  DEADLINES,
  DISPUTE_STAGES,
  ERASURE_REASONS,
  FACET_OF,
  GOODS_STAGES,
  ITEM_RESULTS,
  KINDS,
  MONEY_STAGES,
  OUTCOMES,
  STATUSES,
  VARIANTS,
  formatYuan,
} from '#after-sale'
import { ACTION_SENTENCES } from './action-summaries'

type EventSentence<T extends CaseEventType> = (event: Extract<CaseEvent, { type: T }>) => Term

/** One sentence for each type of event, in both languages, without personal data. A missing type does not compile. */
const EVENT_SENTENCES: { readonly [T in CaseEventType]: EventSentence<T> } = {
  CaseOpened: ({ facets }) => {
    const kind = facets.kind?.kind
    const amount = facets.amounts === undefined ? '' : ` ¥${formatYuan(facets.amounts.total)}`
    return kind === undefined
      ? { zh: `发现售后单${amount}`, en: `A case became known${amount}` }
      : { zh: `买家申请${KINDS[kind].zh}${amount}`, en: `The buyer asks: ${lowerFirst(KINDS[kind].en)}${amount}` }
  },
  StatusMoved: ({ to }) => {
    const { zh, en } = termOfStatus(to.status)
    const end = to.outcome === undefined ? undefined : termOfOutcome(to.outcome)
    return end === undefined
      ? { zh: `状态变为“${zh}”`, en: `Now: ${lowerFirst(en)}` }
      : { zh: `${zh}：${end.zh}`, en: `${en}: ${end.en}` }
  },
  KindChanged: ({ to }) => {
    const { zh, en } = termOfKind(to.kind)
    const variant = to.variant === undefined ? undefined : VARIANTS[to.variant]
    return {
      zh: `类型变为${zh}${variant ? `（${variant.zh}）` : ''}`,
      en: `Kind is now ${lowerFirst(en)}${variant ? ` (${variant.en})` : ''}`,
    }
  },
  AmountsChanged: ({ from, to }) => {
    const [newAmount, oldAmount] = [formatYuan(to.total), from === undefined ? undefined : formatYuan(from.total)]
    if (oldAmount === undefined) return { zh: `金额 ¥${newAmount}`, en: `Amount ¥${newAmount}` }
    return oldAmount === newAmount
      ? { zh: `金额构成变更，合计 ¥${newAmount}`, en: `The parts of the amount changed, ¥${newAmount} in all` }
      : { zh: `金额由 ¥${oldAmount} 改为 ¥${newAmount}`, en: `Amount changed from ¥${oldAmount} to ¥${newAmount}` }
  },
  AmountAgreed: ({ to }) => ({
    zh: `同意退款 ¥${formatYuan(to.total)}`,
    en: `Refund agreed: ¥${formatYuan(to.total)}`,
  }),
  AmountRefunded: ({ to }) => ({
    zh: `实际退款 ¥${formatYuan(to.total)}`,
    en: `Actually refunded: ¥${formatYuan(to.total)}`,
  }),
  ReasonChanged: ({ from, to }) => {
    const { text } = to
    return from === undefined
      ? { zh: `原因：${text}`, en: `Reason: ${text}` }
      : { zh: `原因改为：${text}`, en: `Reason changed to: ${text}` }
  },
  ReasonCodeChanged: ({ from, to }) =>
    from === undefined
      ? { zh: `原因码：${to.code}`, en: `Reason code: ${to.code}` }
      : { zh: `原因码改为：${to.code}`, en: `Reason code changed to: ${to.code}` },
  DeadlineMoved: ({ to }) => {
    if (to.due === null) return { zh: '平台时限停止', en: "The platform's clock stopped" }
    const at = formatWallTime(to.due)
    return { zh: `平台时限为 ${at}`, en: `The platform's clock ends ${at} (UTC+8)` }
  },
  OrderKnown: ({ to }) => ({
    zh: `订单 ${to.orderNumber}，商品 ${to.lines.length} 项`,
    en: `Order ${to.orderNumber}, ${to.lines.length} line(s)`,
  }),
  GoodsMoved: ({ from, to }) => {
    const { zh, en } = GOODS_STAGES[to.stage] ?? UNKNOWN_TERM
    return from?.stage === to.stage
      ? { zh: `物流单号更新（${zh}）`, en: `Parcels updated (${lowerFirst(en)})` }
      : { zh: `货物：${zh}`, en: `Goods: ${lowerFirst(en)}` }
  },
  MoneyMoved: ({ to }) => {
    const { zh, en } = MONEY_STAGES[to.stage] ?? UNKNOWN_TERM
    return { zh: `资金：${zh}`, en: `Money: ${lowerFirst(en)}` }
  },
  DisputeMoved: ({ to }) => {
    const { zh, en } = DISPUTE_STAGES[to.stage] ?? UNKNOWN_TERM
    return { zh: `纠纷：${zh}`, en: `Dispute: ${lowerFirst(en)}` }
  },
  BuyerKnown: () => ({ zh: '买家信息已更新（加密保存）', en: 'The buyer became known (kept sealed)' }),
  BuyerErased: ({ why, by }) => {
    const { zh, en } = ERASURE_REASONS[why]
    return {
      zh: `买家信息已清除（${by ?? '系统'}）：${zh}`,
      en: `The buyer's data was erased by ${by ?? 'the system'}: ${en}`,
    }
  },
  FlagsChanged: ({ to }) => ({
    zh: `平台标记：${to.join('、') || '无'}`,
    en: `The platform's marks: ${to.join(', ') || 'none'}`,
  }),
  FirstReasonFound: ({ reason, reasonCode }) => {
    const text = reason?.text ?? reasonCode?.code ?? '?'
    return { zh: `首次原因：${text}`, en: `First reason: ${text}` }
  },
  ApplicationDated: ({ appliedAt }) => {
    const at = formatWallTime(appliedAt)
    return { zh: `申请时间 ${at}`, en: `Applied ${at} (UTC+8)` }
  },
  EarlierStageFound: ({ reached }) => {
    const stages = Object.keys(reached).length
    return { zh: `较早的消息补全了 ${stages} 个历史节点`, en: `An earlier message filled in ${stages} stage(s)` }
  },
  RevisionSeen: () => ({ zh: '平台再次确认，内容未变', en: 'Confirmed by the platform, nothing new' }),
  DeadlinePassed: ({ kind, breach }) => ({
    zh: `${(DEADLINES[kind] ?? UNKNOWN_TERM).zh}已过：${(BREACHES[breach] ?? UNKNOWN_TERM).zh}`,
    en: `Time is over (${lowerFirst((DEADLINES[kind] ?? UNKNOWN_TERM).en)}): ${(BREACHES[breach] ?? UNKNOWN_TERM).en}`,
  }),
  FactsAttested: ({ facts }) => {
    const n = Object.keys(facts).length
    return { zh: `人工补充 ${n} 项事实`, en: `A person added ${n} fact(s)` }
  },
  AppealItemDecided: ({ kind, result, recovered }) => {
    const [item, end] = [APPEAL_KINDS[kind] ?? UNKNOWN_TERM, ITEM_RESULTS[result] ?? UNKNOWN_TERM]
    const recoveredText = recovered === undefined ? '' : ` ¥${formatYuan(recovered)}`
    return { zh: `${item.zh}：${end.zh}${recoveredText}`, en: `${item.en}: ${lowerFirst(end.en)}${recoveredText}` }
  },
  ...ACTION_SENTENCES,
}

const UNKNOWN_TERM: Term = { zh: '未知', en: 'unknown' }
const termOfStatus = (status: Status): Term => STATUSES[status] ?? UNKNOWN_TERM
const termOfOutcome = (outcome: Outcome): Term => OUTCOMES[outcome] ?? UNKNOWN_TERM
const termOfKind = (kind: Kind): Term => KINDS[kind] ?? UNKNOWN_TERM
const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** A time as the marketplaces' own pages show it: `2026-11-22 18:00`, UTC+8. */
const formatWallTime = (at: number): string => new Date(at + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')

/** The sentence about an event; for a type that this version does not know, the type itself. */
export function summaryOf(event: CaseEvent): Term {
  // The compiler cannot see that the sentence at `event.type` accepts this event.
  const sentence = EVENT_SENTENCES[event.type] as ((event: CaseEvent) => Term) | undefined
  return sentence?.(event) ?? { zh: event.type, en: event.type }
}

/** What an event changed, for people to read: values before and after, with the buyer masked. */
export function changesOf(event: CaseEvent): Record<string, unknown> {
  switch (event.type) {
    case 'CaseOpened':
      return {
        ...event.facets,
        ...(event.facets.buyer === undefined ? {} : { buyer: maskedBuyerOf(event.facets.buyer) }),
      }
    case 'BuyerKnown':
      return {
        buyer: { from: event.from === undefined ? null : maskedBuyerOf(event.from), to: maskedBuyerOf(event.to) },
      }
    case 'FirstReasonFound':
      return { firstReason: event.reason ?? event.reasonCode }
    case 'ApplicationDated':
      return { appliedAt: event.appliedAt }
    case 'EarlierStageFound':
      return { reached: event.reached }
    case 'RevisionSeen':
      return {}
    case 'DeadlinePassed':
      return { deadline: event.kind, due: event.due, onBreach: event.breach, riskFen: event.atRisk }
    case 'BuyerErased':
      return { why: event.why, erasedBy: event.by ?? null }
    case 'FactsAttested':
      return { facts: event.facts }
    case 'AppealItemDecided':
      return {
        appeal: event.id,
        kind: event.kind,
        result: event.result,
        recoveredFen: event.recovered ?? null,
        decidedAt: event.at,
      }
    case 'ActionIntended':
      return { action: event.action.name, way: event.way, amountFen: event.amount, verdict: event.verdict ?? null }
    case 'ActionAnswered':
      return { answer: event.answer.type }
    case 'ActionAttested':
    case 'ActionConfirmed':
    case 'ActionOvertaken':
    case 'ActionLapsed':
    case 'ActionWithdrawn':
      return {}
    default:
      return { [FACET_OF[event.type]]: { from: event.from ?? null, to: event.to } }
  }
}

const maskedBuyerOf = ({
  nameMask,
  phoneMask,
}: {
  nameMask?: string
  phoneMask?: string
}): Record<string, string | null> => ({
  name: nameMask ?? null,
  phone: phoneMask ?? null,
})
