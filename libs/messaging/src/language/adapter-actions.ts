import { ACTIONS, KINDS, VARIANTS } from '#after-sale'
import type { Schema } from './schema'
import { count, fen, instant, list, nonEmptyText, optional, shape, text, openEnum, flag } from './schema'

/** The message types: carry out an action, and report a case now. */
export const ACT_TYPE = 'act.v1'
export const SHOW_TYPE = 'show.v1'

const shipment = shape({ carrier: text, carrierName: optional(text), tracking: text })
const evidencePiece = shape({ hash: nonEmptyText, kind: openEnum(['image', 'video', 'document']) })
/** A piece of evidence that the adapter can download from `url`. */
const hosted = shape({
  hash: nonEmptyText,
  kind: openEnum(['image', 'video', 'document']),
  url: nonEmptyText,
  description: optional(text),
})
const item = shape({ kind: openEnum(['liability', 'goods-money', 'freight', 'other']), amount: optional(fen), text })

/**
 * An action with its parameters. Its texts are written for the buyer or the platform and are sent unchanged, without redaction:
 * no other message has free texts of people. It has no other personal data.
 */
const action = shape({
  name: openEnum(ACTIONS),
  note: optional(text),
  addressId: optional(text),
  sendBack: optional(flag),
  shipment: optional(shipment),
  reasonCode: optional(text),
  reason: optional(text),
  explanation: optional(text),
  evidence: optional(list(evidencePiece)),
  amount: optional(fen),
  text: optional(text),
  plan: optional(text),
  items: optional(list(item)),
  fit: optional(flag),
})

/** The fields of every message to adapters: which adapter, which case. */
const caseAddress = {
  adapter: nonEmptyText,
  shop: nonEmptyText,
  case: nonEmptyText,
  caseNumber: nonEmptyText,
  orderNumber: optional(nonEmptyText),
}

/** Messages to external adapters. */
export const ADAPTER_ACTIONS: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>> = {
  [ACT_TYPE]: {
    description:
      'Carry out this action, at most once for each effect, and not after it expires; answer with act-answered.',
    schema: shape({
      ...caseAddress,
      effect: {
        ...nonEmptyText,
        description: 'the same however often the action is sent: what was begun for it once must not be begun again',
      },
      token: { ...count, description: 'grows with every claim; the answer repeats that of the message' },
      expires: { ...instant, description: 'not to be begun after, in milliseconds since 1970-01-01T00:00:00Z' },
      judged: {
        ...instant,
        description: 'the revision of the case that was judged: where the marketplace shows a newer one, answer stale',
      },
      raw: optional(text),
      kind: optional(openEnum(KINDS)),
      variant: optional(openEnum(VARIANTS)),
      addressId: optional(text),
      returnParcel: optional(shape({ tracking: text, carrier: optional(text) })),
      action,
      hosted: optional(list(hosted)),
    }),
  },
  [SHOW_TYPE]: {
    description: 'Report the present state of this case with case-observed, even if nothing has changed.',
    schema: shape(caseAddress),
  },
}
