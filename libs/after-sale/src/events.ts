import type { ActionEvent, AppealResultReported, FactsAttested } from './actions/events'
import type { CaseIdentity } from './case'
import type { Breach, DeadlineKind } from './deadlines/deadline-kinds'
import type { FacetName, Facets, Fen, Instant, ReasonCodeFacet, ReasonFacet } from './facets'
import type { Stamp } from './reports/stamp'

/** Which facets a report confirmed, and how new it was. Part of the last event that the report caused. */
export interface Seen {
  readonly stamp: Stamp
  readonly facets: readonly FacetName[]
}

interface Reported {
  readonly seen?: Seen
}

interface Moved<F extends FacetName> extends Reported {
  readonly from?: Facets[F]
  readonly to: Facets[F]
}

/** The first report of a case, with everything in it. */
export interface CaseOpened extends Reported {
  readonly type: 'CaseOpened'
  readonly identity: CaseIdentity
  readonly openedAt: Instant
  readonly appliedAt?: Instant
  readonly facets: Partial<Facets>
}

export type FacetEvent =
  | ({ readonly type: 'StatusMoved' } & Moved<'status'>)
  | ({ readonly type: 'KindChanged' } & Moved<'kind'>)
  | ({ readonly type: 'AmountsChanged' } & Moved<'amounts'>)
  | ({ readonly type: 'AmountAgreed' } & Moved<'amountAgreed'>)
  | ({ readonly type: 'AmountRefunded' } & Moved<'amountRefunded'>)
  | ({ readonly type: 'ReasonChanged' } & Moved<'reason'>)
  | ({ readonly type: 'ReasonCodeChanged' } & Moved<'reasonCode'>)
  | ({ readonly type: 'DeadlineMoved' } & Moved<'deadline'>)
  | ({ readonly type: 'OrderKnown' } & Moved<'order'>)
  | ({ readonly type: 'GoodsMoved' } & Moved<'goods'>)
  | ({ readonly type: 'MoneyMoved' } & Moved<'money'>)
  | ({ readonly type: 'DisputeMoved' } & Moved<'dispute'>)
  | ({ readonly type: 'BuyerKnown' } & Moved<'buyer'>)
  | ({ readonly type: 'FlagsChanged' } & Moved<'flags'>)

/** An earlier report arrived late and contained the buyer's first reason (R172: only the first reason counts). */
export interface FirstReasonFound extends Reported {
  readonly type: 'FirstReasonFound'
  readonly reason?: ReasonFacet
  readonly reasonCode?: ReasonCodeFacet
  readonly revision: Instant
}

export interface ApplicationDated extends Reported {
  readonly type: 'ApplicationDated'
  readonly appliedAt: Instant
}

/** A report older than what we know: the state does not go back, but its history becomes more complete. */
export interface EarlierStageFound extends Reported {
  readonly type: 'EarlierStageFound'
  readonly reached: Readonly<Record<string, Instant>>
}

/** The marketplace repeated what we knew, at a newer revision. */
export interface RevisionSeen extends Reported {
  readonly type: 'RevisionSeen'
  readonly seen: Seen
}

/**
 * The due time passed and, as far as we know, no action was taken. What the platform does is predicted, not yet
 * observed.
 */
export interface DeadlinePassed extends Reported {
  readonly type: 'DeadlinePassed'
  readonly kind: DeadlineKind
  readonly due: Instant
  readonly breach: Breach
  readonly atRisk: Fen
}

/** Events caused by reports and timers. */
export type ReportEvent =
  CaseOpened | FacetEvent | FirstReasonFound | ApplicationDated | EarlierStageFound | RevisionSeen | DeadlinePassed

export type CaseEvent = ReportEvent | ActionEvent | FactsAttested | AppealResultReported
export type CaseEventType = CaseEvent['type']

/** The facet that each facet event moves; total, so that a forgotten event does not compile. */
export const FACET_OF: Readonly<Record<FacetEvent['type'], FacetName>> = {
  StatusMoved: 'status',
  KindChanged: 'kind',
  AmountsChanged: 'amounts',
  AmountAgreed: 'amountAgreed',
  AmountRefunded: 'amountRefunded',
  ReasonChanged: 'reason',
  ReasonCodeChanged: 'reasonCode',
  DeadlineMoved: 'deadline',
  OrderKnown: 'order',
  GoodsMoved: 'goods',
  MoneyMoved: 'money',
  DisputeMoved: 'dispute',
  BuyerKnown: 'buyer',
  FlagsChanged: 'flags',
}

export const EVENT_OF: Readonly<Record<FacetName, FacetEvent['type']>> = {
  status: 'StatusMoved',
  kind: 'KindChanged',
  amounts: 'AmountsChanged',
  amountAgreed: 'AmountAgreed',
  amountRefunded: 'AmountRefunded',
  reason: 'ReasonChanged',
  reasonCode: 'ReasonCodeChanged',
  deadline: 'DeadlineMoved',
  order: 'OrderKnown',
  goods: 'GoodsMoved',
  money: 'MoneyMoved',
  dispute: 'DisputeMoved',
  buyer: 'BuyerKnown',
  flags: 'FlagsChanged',
}
