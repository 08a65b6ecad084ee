import type { ActionEvent, AppealResultReported, FactsAttested } from './actions/events'
import type { CaseIdentity } from './case'
import type { Breach, DeadlineKind } from './deadlines/deadline-kinds'
import type { BuyerErased } from './erasure/erasure'
import type { FacetName, Facets, Fen, Instant, ReasonCodeFacet, ReasonFacet } from './facets'
import type { Stamp } from './reports/stamp'

/** Which facets a report confirmed, and how new the report was. Part of the last event that the report caused. */
export interface Seen {
  readonly stamp: Stamp
  readonly facets: readonly FacetName[]
}

interface WithSeen {
  readonly seen?: Seen
}

interface FacetChange<F extends FacetName> extends WithSeen {
  readonly from?: Facets[F]
  readonly to: Facets[F]
}

/** The first report of a case, with everything in it. */
export interface CaseOpened extends WithSeen {
  readonly type: 'CaseOpened'
  readonly identity: CaseIdentity
  readonly openedAt: Instant
  readonly appliedAt?: Instant
  readonly facets: Partial<Facets>
}

export type FacetEvent =
  | ({ readonly type: 'StatusMoved' } & FacetChange<'status'>)
  | ({ readonly type: 'KindChanged' } & FacetChange<'kind'>)
  | ({ readonly type: 'AmountsChanged' } & FacetChange<'amounts'>)
  | ({ readonly type: 'AmountAgreed' } & FacetChange<'amountAgreed'>)
  | ({ readonly type: 'AmountRefunded' } & FacetChange<'amountRefunded'>)
  | ({ readonly type: 'ReasonChanged' } & FacetChange<'reason'>)
  | ({ readonly type: 'ReasonCodeChanged' } & FacetChange<'reasonCode'>)
  | ({ readonly type: 'DeadlineMoved' } & FacetChange<'deadline'>)
  | ({ readonly type: 'OrderKnown' } & FacetChange<'order'>)
  | ({ readonly type: 'GoodsMoved' } & FacetChange<'goods'>)
  | ({ readonly type: 'MoneyMoved' } & FacetChange<'money'>)
  | ({ readonly type: 'DisputeMoved' } & FacetChange<'dispute'>)
  | ({ readonly type: 'BuyerKnown' } & FacetChange<'buyer'>)
  | ({ readonly type: 'FlagsChanged' } & FacetChange<'flags'>)

/** An earlier report arrived late and contained the buyer's first reason (R172: only the first reason counts). */
export interface FirstReasonFound extends WithSeen {
  readonly type: 'FirstReasonFound'
  readonly reason?: ReasonFacet
  readonly reasonCode?: ReasonCodeFacet
  readonly revision: Instant
}

/** The time of the buyer's application became known, or an earlier one than was known. */
export interface ApplicationDated extends WithSeen {
  readonly type: 'ApplicationDated'
  readonly appliedAt: Instant
}

/** A report older than what we know: the state does not go back, but its history becomes more complete. */
export interface EarlierStageFound extends WithSeen {
  readonly type: 'EarlierStageFound'
  readonly reached: Readonly<Record<string, Instant>>
}

/** The marketplace repeated what we knew, at a newer revision. */
export interface RevisionSeen extends WithSeen {
  readonly type: 'RevisionSeen'
  readonly seen: Seen
}

/**
 * The due time passed and, as far as we know, no action was taken. What the platform does is predicted, not yet
 * observed.
 */
export interface DeadlinePassed extends WithSeen {
  readonly type: 'DeadlinePassed'
  readonly kind: DeadlineKind
  readonly due: Instant
  readonly breach: Breach
  readonly atRisk: Fen
}

/** Events caused by reports and timers. */
export type ReportEvent =
  CaseOpened | FacetEvent | FirstReasonFound | ApplicationDated | EarlierStageFound | RevisionSeen | DeadlinePassed

export type CaseEvent = ReportEvent | ActionEvent | FactsAttested | AppealResultReported | BuyerErased
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

/** The event that moves each facet: the reverse of `FACET_OF`. */
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
