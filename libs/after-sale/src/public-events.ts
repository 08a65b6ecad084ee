import type { AfterSaleCase } from './case'
import type { CaseEvent, CaseEventType } from './events'
import { agreedOf, amountAtRiskOf, askedOf, refundedOf } from './money/money'
import { nextDeadlineOf } from './deadlines/deadlines'
import { turnOf } from './turn'

/**
 * An event as published to other systems. Flat, stable names, no personal data: the buyer is not part of it in any
 * form.
 */
export interface PublicEvent {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The type under which each event is published; total, so that a new event does not compile without a decision. */
const PUBLIC_TYPE_OF: Readonly<Record<CaseEventType, string | undefined>> = {
  CaseOpened: 'case-opened.v1',
  StatusMoved: 'status-moved.v1',
  KindChanged: 'kind-changed.v1',
  AmountsChanged: 'amounts-changed.v1',
  AmountAgreed: 'amount-agreed.v1',
  AmountRefunded: 'amount-refunded.v1',
  ReasonChanged: 'reason-changed.v1',
  ReasonCodeChanged: 'reason-code-changed.v1',
  DeadlineMoved: 'deadline-moved.v1',
  OrderKnown: 'order-known.v1',
  GoodsMoved: 'goods-moved.v1',
  MoneyMoved: 'money-moved.v1',
  DisputeMoved: 'dispute-moved.v1',
  DeadlinePassed: 'deadline-passed.v1',
  FirstReasonFound: 'first-reason-found.v1',
  FlagsChanged: 'flags-changed.v1',
  ActionIntended: 'action-decided.v1',
  ActionAnswered: 'action-answered.v1',
  ActionAttested: 'action-attested.v1',
  ActionConfirmed: 'action-confirmed.v1',
  ActionOvertaken: 'action-overtaken.v1',
  ActionLapsed: 'action-lapsed.v1',
  ActionWithdrawn: 'action-withdrawn.v1',
  ApplicationDated: 'application-dated.v1',
  EarlierStageFound: 'stages-dated.v1',
  AppealItemDecided: 'appeal-decided.v1',
  // Not published: they hold sealed data, or change nothing that consumers see of the case.
  BuyerErased: undefined,
  BuyerKnown: undefined,
  FactsAttested: undefined,
  RevisionSeen: undefined,
}

/** The event as it is published, with the state of the case after it; `undefined`: it is not published. */
export function publicEventOf(event: CaseEvent, after: AfterSaleCase): PublicEvent | undefined {
  const type = PUBLIC_TYPE_OF[event.type]
  if (type === undefined) return undefined
  const due = nextDeadlineOf(after)
  return {
    type,
    data: {
      marketplace: after.marketplace,
      store: after.store,
      caseNumber: after.caseNumber,
      orderNumber: after.order?.orderNumber,
      version: after.version,
      kind: after.kind?.kind,
      status: after.status?.status,
      turn: turnOf(after),
      amountFen: askedOf(after),
      agreedFen: agreedOf(after),
      refundedFen: refundedOf(after),
      atRiskFen: amountAtRiskOf(after),
      due: due?.due,
      change: changeOf(event),
    },
  }
}

/** The part of an event that consumers may see, picked field by field. */
function changeOf(event: CaseEvent): unknown {
  switch (event.type) {
    case 'CaseOpened': {
      const { buyer: _sealed, ...facets } = event.facets
      return facets
    }
    case 'DeadlinePassed':
      return { kind: event.kind, due: event.due, breach: event.breach }
    case 'FirstReasonFound':
      return { reason: event.reason, reasonCode: event.reasonCode }
    case 'ActionIntended':
      return { intent: event.intent, action: event.action.name, by: event.by, way: event.way, amountFen: event.amount }
    case 'ActionAnswered':
      return { intent: event.intent, answer: event.answer }
    case 'ActionAttested':
    case 'ActionConfirmed':
    case 'ActionOvertaken':
    case 'ActionLapsed':
    case 'ActionWithdrawn':
      return { intent: event.intent }
    case 'ApplicationDated':
      return { appliedAt: event.appliedAt }
    case 'EarlierStageFound':
      return { stages: Object.entries(event.reached).map(([stage, since]) => ({ stage, since })) }
    case 'AppealItemDecided':
      return { intent: event.id, kind: event.kind, result: event.result, recoveredFen: event.recovered }
    case 'FactsAttested':
    case 'BuyerErased':
    case 'BuyerKnown':
    case 'RevisionSeen':
      return undefined
    default:
      return { from: event.from, to: event.to }
  }
}
