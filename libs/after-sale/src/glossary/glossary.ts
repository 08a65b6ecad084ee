import { INTENT_STATES } from '../actions/intents/intent'
import { ACTION_REFUSALS, ACTION_WARNINGS } from '../actions/request/refusals'
import { TASK_REASONS } from '../actions/intents/tasks'
import { ACTIONS } from '../actions/action-names'
import { BREACHES, DEADLINES, SOURCES } from '../deadlines/deadline-kinds'
import type { CaseEventType } from '../events'
import { GOODS_CATEGORIES } from '../goods/goods-categories'
import { DISPUTE_STAGES, GOODS_STAGES, MONEY_STAGES } from './rails'
import { OUTCOMES, STATUSES } from './status'
import type { Term } from './vocabulary'
import { KINDS, LEGS, PAYERS, TURNS, VARIANTS } from './vocabulary'

/** The name of each event for people. */
export const EVENTS: Readonly<Record<CaseEventType, Term>> = {
  CaseOpened: { zh: '售后申请', en: 'Case opened' },
  StatusMoved: { zh: '状态变更', en: 'Status moved' },
  KindChanged: { zh: '售后类型变更', en: 'Kind changed' },
  AmountsChanged: { zh: '申请金额变更', en: 'Amount asked changed' },
  AmountAgreed: { zh: '同意金额', en: 'Amount agreed' },
  AmountRefunded: { zh: '实际退款金额', en: 'Amount actually refunded' },
  ReasonChanged: { zh: '原因变更', en: 'Reason changed' },
  ReasonCodeChanged: { zh: '原因码变更', en: 'Reason code changed' },
  DeadlineMoved: { zh: '时限变更', en: 'Deadline moved' },
  OrderKnown: { zh: '订单信息', en: 'Order known' },
  GoodsMoved: { zh: '货物流转', en: 'Goods moved' },
  MoneyMoved: { zh: '资金变动', en: 'Money moved' },
  DisputeMoved: { zh: '纠纷进展', en: 'Dispute moved' },
  BuyerKnown: { zh: '买家信息', en: 'Buyer known' },
  BuyerErased: { zh: '买家信息已清除', en: 'Buyer erased' },
  FlagsChanged: { zh: '平台标记', en: 'Platform marks changed' },
  FirstReasonFound: { zh: '首次原因', en: 'First reason found' },
  ApplicationDated: { zh: '申请时间', en: 'Application dated' },
  EarlierStageFound: { zh: '补全历史', en: 'Earlier stage found' },
  RevisionSeen: { zh: '平台确认', en: 'Confirmed by the platform' },
  DeadlinePassed: { zh: '时限已过', en: 'Deadline passed' },
  FactsAttested: { zh: '人工补充事实', en: 'Facts attested by a person' },
  AppealItemDecided: { zh: '申诉结果', en: 'Appeal decided' },
  ActionIntended: { zh: '决定操作', en: 'Action decided' },
  ActionAnswered: { zh: '平台答复', en: 'Marketplace answered' },
  ActionAttested: { zh: '人工已操作', en: 'Done by hand' },
  ActionConfirmed: { zh: '操作已生效', en: 'Action confirmed' },
  ActionOvertaken: { zh: '已有其他结果', en: 'Action overtaken' },
  ActionLapsed: { zh: '操作未生效', en: 'Action did not happen' },
  ActionWithdrawn: { zh: '操作已取消', en: 'Action withdrawn' },
}

/** Every word that a person meets, in Chinese and English; the console shows these texts and no others. */
export const GLOSSARY = {
  kinds: KINDS,
  variants: VARIANTS,
  statuses: STATUSES,
  outcomes: OUTCOMES,
  turns: TURNS,
  goods: GOODS_STAGES,
  money: MONEY_STAGES,
  dispute: DISPUTE_STAGES,
  deadlines: DEADLINES,
  sources: SOURCES,
  breaches: BREACHES,
  events: EVENTS,
  legs: LEGS,
  payers: PAYERS,
  actions: ACTIONS,
  goodsCategories: GOODS_CATEGORIES,
  intents: INTENT_STATES,
  tasks: TASK_REASONS,
  refusals: ACTION_REFUSALS,
  warnings: ACTION_WARNINGS,
} as const
