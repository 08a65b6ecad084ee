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

const lineSchema = shape({
  lineId: nonEmptyText,
  title: optional(text),
  sku: optional(text),
  quantity: optional(count),
  paid: optional(fen),
  freight: optional(fen),
})
const amountSchema = shape({ total: fen })
const parcelSchema = shape({
  direction: openEnum(['out', 'back']),
  tracking: text,
  carrier: optional(text),
  state: optional(text),
})

/** The schema of each published facet. Total: a new facet of the model does not compile without one. */
export const FACET_SCHEMAS: Readonly<Record<PublishedFacet, Schema>> = {
  status: shape({ status: openEnum(STATUSES), outcome: optional(openEnum(OUTCOMES)), raw: text }),
  kind: shape({ kind: openEnum(KINDS), variant: optional(openEnum(VARIANTS)) }),
  amounts: shape({ total: fen, legs: shape(Object.fromEntries(Object.keys(LEGS).map((leg) => [leg, optional(fen)]))) }),
  amountAgreed: amountSchema,
  amountRefunded: amountSchema,
  reason: shape({ text }),
  reasonCode: shape({ code: text }),
  deadline: shape({ due: instantOrNull, forRaw: text }),
  order: shape({ orderNumber: nonEmptyText, lines: list(lineSchema), paid: optional(fen), paidAt: optional(instant) }),
  goods: shape({ stage: openEnum(GOODS_STAGES), parcels: list(parcelSchema), deliveredAt: optional(instant) }),
  money: shape({ stage: openEnum(MONEY_STAGES), payer: optional(openEnum(PAYERS)) }),
  dispute: shape({ stage: openEnum(DISPUTE_STAGES), id: optional(text), evidenceDue: optional(instant) }),
  flags: list(text),
}

/** All facets as optional fields: each is present only if it is known. */
export const optionalFacets = Object.fromEntries(
  Object.entries(FACET_SCHEMAS).map(([facet, schema]) => [facet, optional(schema)]),
)
