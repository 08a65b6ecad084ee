import { refundArrivalOf, type RefundArrival } from '../arrival/refund-arrival'
import { DEFAULT_ARRIVAL, PAYMENT_METHODS, type PaymentMethod } from '../arrival/terms'
import { isSupportOpen } from '../calendar/support-hours'
import type { AfterSaleCase } from '../case'
import type { Instant } from '../facets'
import { freightAllowanceOf, type FreightAllowance } from '../freight/freight-allowance'
import { freightBearerOf, freightToCheckOf, type FreightBearing, type FreightCheck } from '../freight/freight-bearer'
import { insuredAt } from '../freight/freight-insurance'
import { DEFAULT_FREIGHT } from '../freight/terms'
import { groupFormedOf } from '../group/group'
import { latestStartOf, negotiationOf, nextStepOf, type NextStep } from '../negotiation/rounds'
import { deadlinesOf } from '../deadlines/deadlines'
import { reasonClassOf } from '../store-terms/reason-class'
import type { ReasonClass } from '../store-terms/store-terms'
import type { Subject } from '../policies/framework/subject'
import type { Truth } from '../truth'
import { firstReachedOf } from '../reports/reached'
import { DEFAULT_TERMS } from '../terms'

/** What a person who handles a case should know by the rules: freight, insurance, money, negotiation. UTC ms, fen. */
export interface Guidance {
  /** Who bears the freight, by the current reason (R119–R123). */
  readonly freight: FreightBearing & { readonly reason?: ReasonClass; readonly check: FreightCheck }
  /** Whether the return was insured when it was applied for (R129). */
  readonly insured: Truth
  /**
   * The platform's allowance for the buyer's return freight (R130–R132). Absent where none is due, or where that is
   * unknown.
   */
  readonly allowance?: FreightAllowance
  /**
   * When the money arrives: one entry where the payment method is known, else one for each method (R112–R116). Empty
   * until the refund is approved.
   */
  readonly arrivals: readonly (RefundArrival & { readonly method: PaymentMethod })[]
  /** Only where the marketplace has group orders (R109). */
  readonly group?: Truth
  /** Only where the marketplace has a negotiation, and the decision is ours (R048–R055). */
  readonly negotiation?: { readonly next: NextStep; readonly latestStart?: Instant }
  /** Whether the platform's customer service answers now; `undefined`: its own pages contradict each other (R043, R104). */
  readonly supportOpen?: boolean
}

/** Derives the guidance for a case, from its state, its store's terms and attested facts. */
export function guidanceOf({ afterSale, terms, now, facts = afterSale.facts ?? {} }: Subject): Guidance {
  const reason = reasonClassOf(afterSale, terms)
  const bearing = freightBearerOf(reason, facts.freeShipping, DEFAULT_FREIGHT)
  const agreedAt = returnAgreedAt(afterSale)
  const addressGiven = facts.returnAddressTold ?? terms.returnAddressId !== undefined
  const allowance = freightAllowanceOf(
    {
      ...(agreedAt === undefined ? {} : { agreedAt }),
      ...(agreedAt !== undefined && addressGiven ? { addressGivenAt: agreedAt } : {}),
    },
    DEFAULT_FREIGHT,
    now,
  )
  const negotiation = negotiationAhead({ afterSale, terms, now, facts })
  const supportOpen = isSupportOpen(now)
  return {
    freight: { ...bearing, ...(reason === undefined ? {} : { reason }), check: freightToCheckOf(afterSale, bearing) },
    insured:
      afterSale.appliedAt === undefined
        ? 'unknown'
        : insuredAt(terms.freightInsurance, DEFAULT_FREIGHT, afterSale.appliedAt),
    ...(allowance === undefined ? {} : { allowance }),
    arrivals: arrivalsOf({ afterSale, terms, now, facts }),
    ...(terms.group === undefined ? {} : { group: groupFormedOf(afterSale, facts.groupFormed) }),
    ...(negotiation === undefined ? {} : { negotiation }),
    ...(supportOpen === undefined ? {} : { supportOpen }),
  }
}

/** When the return was agreed to. Marketplaces require the address with the agreement, so both have the same time. */
function returnAgreedAt({ status, reached, intents = [] }: AfterSaleCase): Instant | undefined {
  if (status?.status === 'awaiting-buyer-return') return reached[`status:${status.raw}`]
  return intents.find(({ action, state }) => action.name === 'approve-return' && state === 'confirmed')?.at
}

function arrivalsOf({ afterSale, terms, facts }: Subject): Guidance['arrivals'] {
  const approvedAt = firstReachedOf(afterSale.reached, ['money:refunding', 'money:partly-refunded', 'money:refunded'])
  if (approvedAt === undefined) return []
  const methods =
    facts?.paymentMethod === undefined ? (Object.keys(PAYMENT_METHODS) as PaymentMethod[]) : [facts.paymentMethod]
  return methods.map((method) => ({
    method,
    ...refundArrivalOf(approvedAt, method, DEFAULT_ARRIVAL, terms.holidays, terms.zoneMinutes),
  }))
}

function negotiationAhead({ afterSale, terms, now, facts }: Subject): Guidance['negotiation'] {
  if (terms.negotiation === undefined || afterSale.status?.status !== 'awaiting-merchant-decision') return undefined
  const negotiation = negotiationOf(facts?.rounds ?? [], terms.negotiation, now)
  const due = deadlinesOf(afterSale, DEFAULT_TERMS).find(
    ({ kind, passed }) => kind === 'SELLER_RESPONSE' && !passed,
  )?.due
  const latest = due === undefined ? undefined : latestStartOf(due, negotiation, terms.negotiation)
  return {
    next: nextStepOf(negotiation, terms.negotiation, now),
    ...(latest === undefined ? {} : { latestStart: latest.due }),
  }
}
