import {
  DISPUTE_STAGES,
  GOODS_STAGES,
  KINDS,
  LEGS,
  MONEY_STAGES,
  OUTCOMES,
  PAYERS,
  STATUSES,
  VARIANTS,
} from '#after-sale'
import type { FacetName } from '#after-sale'
import type { Schema } from './schema'
import { count, fen, instant, instantOrNull, list, nonEmptyText, optional, shape, text, openEnum } from './schema'

/** The facets of a case that are published. The buyer is not among them, in any form. */
export type PublishedFacet = Exclude<FacetName, 'buyer'>

const line = shape({
  lineId: nonEmptyText,
  title: optional(text),
  sku: optional(text),
  quantity: optional(count),
  paid: optional(fen),
  freight: optional(fen),
})
const amount = shape({ total: fen })
const parcel = shape({
  direction: openEnum(['out', 'back']),
  tracking: text,
  carrier: optional(text),
  state: optional(text),
})

export const FACETS: Readonly<Record<PublishedFacet, Schema>> = {
  status: shape({ status: openEnum(STATUSES), outcome: optional(openEnum(OUTCOMES)), raw: text }),
  kind: shape({ kind: openEnum(KINDS), variant: optional(openEnum(VARIANTS)) }),
  amounts: shape({ total: fen, legs: shape(Object.fromEntries(Object.keys(LEGS).map((leg) => [leg, optional(fen)]))) }),
  amountAgreed: amount,
  amountRefunded: amount,
  reason: shape({ text }),
  reasonCode: shape({ code: text }),
  deadline: shape({ due: instantOrNull, forRaw: text }),
  order: shape({ orderNumber: nonEmptyText, lines: list(line), paid: optional(fen), paidAt: optional(instant) }),
  goods: shape({ stage: openEnum(GOODS_STAGES), parcels: list(parcel), deliveredAt: optional(instant) }),
  money: shape({ stage: openEnum(MONEY_STAGES), payer: optional(openEnum(PAYERS)) }),
  dispute: shape({ stage: openEnum(DISPUTE_STAGES), id: optional(text), evidenceDue: optional(instant) }),
  flags: list(text),
}

/** All facets, each only where it is known. */
export const everyFacet = Object.fromEntries(Object.entries(FACETS).map(([facet, schema]) => [facet, optional(schema)]))
