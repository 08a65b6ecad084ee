import type { Facets, Fen, Instant, Kind, Parcel } from '#after-sale'
import { STATUSES } from '#after-sale'
import type { CaseReference, Json, Translation } from '../../contract'
import { asId, asInteger, asText } from '../../contract'
import { amountsOf } from './amounts'
import type { StatusWord } from '../statuses'
import { statusOf } from '../statuses'
import type { Detail, ListRow } from '../wire'

/** What the list and the detail tell alike, once their different units and numberings are gone. */
export interface CaseWords {
  readonly reference: CaseReference & { readonly orderNumber: string }
  readonly code: number
  readonly word: StatusWord
  readonly kind: Kind
  readonly back: Parcel | undefined
  readonly disputed: boolean | undefined
  readonly facets: Pick<Facets, 'status' | 'kind'> & Partial<Pick<Facets, 'amounts' | 'amountAgreed' | 'reason'>>
}

export interface NotRead {
  readonly ok: false
  readonly why: string
  /** The case, where at least that could be read. */
  readonly reference?: CaseReference
}

export type Read<T> = { readonly ok: true; readonly value: T } | NotRead

/** How one of the two doors writes things. */
export interface Door {
  readonly name: string
  readonly kindOf: (type: number) => Kind | undefined
  readonly fen: (value: Json | undefined) => Fen | undefined
  readonly reason: Json | undefined
  readonly returnParcel: Json | undefined
}

/** Reads what every case must have; whatever is missing or not in the tables is named. */
export function readCase(from: ListRow | Detail, door: Door): Read<CaseWords> {
  const caseNumber = asId(from.id)
  const orderNumber = asId(from.order_sn)
  // Without the order number a case cannot be asked for.
  const reference =
    caseNumber === undefined || orderNumber === undefined ? {} : { reference: { caseNumber, orderNumber } }
  const no = (why: string): NotRead => ({ ok: false, why: `${door.name}: ${why}`, ...reference })
  if (caseNumber === undefined) return no('no readable id')
  if (orderNumber === undefined) return no('no readable order_sn')
  const type = asInteger(from.after_sales_type)
  const kind = type === undefined ? undefined : door.kindOf(type)
  if (kind === undefined) return no(`after_sales_type ${named(from.after_sales_type)} is not in the table`)
  const code = asInteger(from.after_sales_status)
  const back = parcel('back', door.returnParcel, from.shipping_name)
  const word = code === undefined ? undefined : statusOf(code, kind, back !== undefined)
  if (code === undefined || word === undefined)
    return no(`after_sales_status ${named(from.after_sales_status)} is not in the table`)
  const told = from.refund_amount
  const total = door.fen(told)
  // Money read in the wrong unit is the worst mistake there is; a form that is not the documented one is not guessed.
  if (told !== undefined && total === undefined) return no('refund_amount is not money')
  const reason = asText(door.reason)
  const disputed = asInteger(from.dispute_refund_status)
  return {
    ok: true,
    value: {
      reference: { caseNumber, orderNumber },
      code,
      word,
      kind,
      back,
      disputed: disputed === undefined ? undefined : disputed === 1,
      facets: {
        status: {
          status: word.status,
          ...(word.outcome === undefined ? {} : { outcome: word.outcome }),
          raw: String(code),
        },
        kind: { kind },
        ...(total === undefined ? {} : amountsOf(total, code, kind)),
        ...(reason === undefined ? {} : { reason: { text: reason } }),
      },
    },
  }
}

/** Quarantined by its reason; the case that it names is read all the same. */
export const notUnderstood = ({ why, reference }: NotRead): Translation => ({
  type: 'unintelligible',
  why,
  ...(reference === undefined ? {} : { names: { shop: undefined, case: reference } }),
})

export function parcel(direction: Parcel['direction'], number: Json | undefined, carrier?: Json): Parcel | undefined {
  const tracking = asText(number, 64)
  const name = asText(carrier, 64)
  if (tracking === undefined) return undefined
  return { direction, tracking, ...(name === undefined ? {} : { carrier: name }) }
}

/** A code as it came, short enough for a reason. */
export const named = (code: Json | undefined): string =>
  code === undefined
    ? 'missing'
    : typeof code === 'number' || typeof code === 'string'
      ? (asText(String(code), 40) ?? '""')
      : 'of another form'

export const isOver = (word: StatusWord): boolean => STATUSES[word.status].final

/** A whole second: list and detail both count in seconds, so that of one change neither seems older. */
export const wholeSecond = (at: Instant): Instant => at - (at % 1000)
