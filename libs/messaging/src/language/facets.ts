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
import { count, fen, instant, instantOrNone, list, name, optional, shape, text, word } from './schema'

/** What a case can be known by, as others see it. The buyer is not among it, in no form. */
export type ToldFacet = Exclude<FacetName, 'buyer'>

const line = shape({
  lineId: name,
  title: optional(text),
  sku: optional(text),
  quantity: optional(count),
  paid: optional(fen),
  freight: optional(fen),
})
const amount = shape({ total: fen })
const parcel = shape({
  direction: word(['out', 'back']),
  tracking: text,
  carrier: optional(text),
  state: optional(text),
})

export const FACETS: Readonly<Record<ToldFacet, Schema>> = {
  status: shape({ status: word(STATUSES), outcome: optional(word(OUTCOMES)), raw: text }),
  kind: shape({ kind: word(KINDS), variant: optional(word(VARIANTS)) }),
  amounts: shape({ total: fen, legs: shape(Object.fromEntries(Object.keys(LEGS).map((leg) => [leg, optional(fen)]))) }),
  amountAgreed: amount,
  amountRefunded: amount,
  reason: shape({ text }),
  reasonCode: shape({ code: text }),
  deadline: shape({ due: instantOrNone, forRaw: text }),
  order: shape({ orderNumber: name, lines: list(line), paid: optional(fen), paidAt: optional(instant) }),
  goods: shape({ stage: word(GOODS_STAGES), parcels: list(parcel), deliveredAt: optional(instant) }),
  money: shape({ stage: word(MONEY_STAGES), payer: optional(word(PAYERS)) }),
  dispute: shape({ stage: word(DISPUTE_STAGES), id: optional(text), evidenceDue: optional(instant) }),
  flags: list(text),
}

/** All of them, each only where the marketplace has told it. */
export const everyFacet = Object.fromEntries(Object.entries(FACETS).map(([facet, schema]) => [facet, optional(schema)]))
