import type { Facets, Fen, Instant, Kind, Parcel } from '#after-sale'
import { STATUSES } from '#after-sale'
import type { CaseReference, Json, Translation } from '../../contract'
import { asId, asInteger, asText } from '../../contract'
import { amountsOf } from './amounts'
import type { StatusMeaning } from '../statuses'
import { statusOf } from '../statuses'
import type { Detail, ListRow } from '../wire'

/** What list and detail both report, with their different units and numberings normalised. */
export interface CaseFacts {
  readonly reference: CaseReference & { readonly orderNumber: string }
  readonly code: number
  readonly meaning: StatusMeaning
  readonly kind: Kind
  readonly returnParcel: Parcel | undefined
  readonly isDisputed: boolean | undefined
  readonly facets: Pick<Facets, 'status' | 'kind'> & Partial<Pick<Facets, 'amounts' | 'amountAgreed' | 'reason'>>
}

export interface UnreadableCase {
  readonly ok: false
  readonly why: string
  /** The case, where at least that is readable. */
  readonly reference?: CaseReference
}

export type ReadResult<T> = { readonly ok: true; readonly value: T } | UnreadableCase

/** The notation of one of the two sources, list or detail. */
export interface ChannelNotation {
  readonly name: string
  readonly kindOf: (type: number) => Kind | undefined
  readonly fen: (value: Json | undefined) => Fen | undefined
  readonly reason: Json | undefined
  readonly returnParcel: Json | undefined
}

/** Reads what every case must have; whatever is missing or not in the tables is reported. */
export function readCase(fields: ListRow | Detail, notation: ChannelNotation): ReadResult<CaseFacts> {
  const caseNumber = asId(fields.id)
  const orderNumber = asId(fields.order_sn)
  // Without the order number a case cannot be read.
  const reference =
    caseNumber === undefined || orderNumber === undefined ? {} : { reference: { caseNumber, orderNumber } }
  const unreadable = (why: string): UnreadableCase => ({ ok: false, why: `${notation.name}: ${why}`, ...reference })
  if (caseNumber === undefined) return unreadable('no readable id')
  if (orderNumber === undefined) return unreadable('no readable order_sn')
  const type = asInteger(fields.after_sales_type)
  const kind = type === undefined ? undefined : notation.kindOf(type)
  if (kind === undefined)
    return unreadable(`after_sales_type ${displayCode(fields.after_sales_type)} is not in the table`)
  const code = asInteger(fields.after_sales_status)
  const returnParcel = readParcel('back', notation.returnParcel, fields.shipping_name)
  const meaning = code === undefined ? undefined : statusOf(code, kind, returnParcel !== undefined)
  if (code === undefined || meaning === undefined)
    return unreadable(`after_sales_status ${displayCode(fields.after_sales_status)} is not in the table`)
  const amount = fields.refund_amount
  const total = notation.fen(amount)
  // Money in the wrong unit is the worst possible error, so an undocumented form is never guessed.
  if (amount !== undefined && total === undefined) return unreadable('refund_amount is not money')
  const reason = asText(notation.reason)
  const disputeCode = asInteger(fields.dispute_refund_status)
  return {
    ok: true,
    value: {
      reference: { caseNumber, orderNumber },
      code,
      meaning,
      kind,
      returnParcel,
      isDisputed: disputeCode === undefined ? undefined : disputeCode === 1,
      facets: {
        status: {
          status: meaning.status,
          ...(meaning.outcome === undefined ? {} : { outcome: meaning.outcome }),
          raw: String(code),
        },
        kind: { kind },
        ...(total === undefined ? {} : amountsOf(total, code, kind)),
        ...(reason === undefined ? {} : { reason: { text: reason } }),
      },
    },
  }
}

/** Quarantined with its reason; the case is read anyway, where its number is readable. */
export const unintelligibleCase = ({ why, reference }: UnreadableCase): Translation => ({
  type: 'unintelligible',
  why,
  ...(reference === undefined ? {} : { names: { shop: undefined, case: reference } }),
})

export function readParcel(
  direction: Parcel['direction'],
  number: Json | undefined,
  carrier?: Json,
): Parcel | undefined {
  const tracking = asText(number, 64)
  const name = asText(carrier, 64)
  if (tracking === undefined) return undefined
  return { direction, tracking, ...(name === undefined ? {} : { carrier: name }) }
}

/** A code as received, shortened for a reason text. */
export const displayCode = (code: Json | undefined): string =>
  code === undefined
    ? 'missing'
    : typeof code === 'number' || typeof code === 'string'
      ? (asText(String(code), 40) ?? '""')
      : 'of another form'

export const isFinal = (meaning: StatusMeaning): boolean => STATUSES[meaning.status].final

/** A whole second: list and detail both count in seconds, so that neither seems older for the same change. */
export const wholeSecond = (at: Instant): Instant => at - (at % 1000)
