import type { Facets, Leg } from '#after-sale'
import { LEGS, PAYERS } from '#after-sale'
import type { Json, JsonObject } from '../../contract'
import { asId, asInteger, asText, fenOf, isBlank, instantOf } from '../../contract'
import { MODEL_VALUES } from '../statuses'
import { InvalidField, fieldReader, listOf, optional, required, objectOf, oneOf } from './parts'

const text = (maxLength: number) => fieldReader((value) => asText(value, maxLength))
const id = fieldReader(asId)
const fen = fieldReader(fenOf)
const instant = fieldReader(instantOf)
const count = fieldReader((value: Json) => ((asInteger(value) ?? 0) > 0 ? asInteger(value) : undefined))

const line = objectOf((data, at) => ({
  lineId: required(data, 'lineId', id, at),
  ...optional(data, 'title', text(200), at),
  ...optional(data, 'sku', text(100), at),
  ...optional(data, 'quantity', count, at),
  ...optional(data, 'paid', fen, at),
  ...optional(data, 'freight', fen, at),
}))

const parcel = objectOf((data, at) => ({
  direction: required(data, 'direction', oneOf({ out: 1, back: 1 }), at),
  tracking: required(data, 'tracking', text(64), at),
  ...optional(data, 'carrier', text(60), at),
  ...optional(data, 'state', text(60), at),
}))

const legs = objectOf((data, at): Readonly<Partial<Record<Leg, number>>> =>
  Object.fromEntries(
    Object.keys(data)
      .filter((leg) => !isBlank(data[leg]))
      .map((leg) => [oneOf(LEGS)(leg, at), required(data, leg, fen, at)]),
  ),
)

const flags = (value: Json, at: string): readonly string[] => [...new Set(listOf(text(60))(value, at))].sort()

/**
 * The facets of a report, with the model's values. All other fields are ignored, including anything about the buyer.
 * @throws InvalidField
 */
export function facetsOf(data: JsonObject): Partial<Facets> {
  const facets: Partial<Facets> = {
    ...optional(data, 'status', status),
    ...optional(data, 'kind', kind),
    ...optional(data, 'amounts', amounts),
    ...optional(data, 'amountAgreed', amount),
    ...optional(data, 'amountRefunded', amount),
    ...optional(
      data,
      'reason',
      objectOf((of, at) => ({ text: required(of, 'text', text(500), at) })),
    ),
    ...optional(
      data,
      'reasonCode',
      objectOf((of, at) => ({ code: required(of, 'code', text(60), at) })),
    ),
    ...optional(data, 'deadline', deadline),
    ...optional(data, 'order', order),
    ...optional(data, 'goods', goods),
    ...optional(data, 'money', money),
    ...optional(data, 'dispute', dispute),
    ...optional(data, 'flags', flags),
  }
  if (facets.deadline !== undefined && facets.deadline.forRaw !== facets.status?.raw)
    throw new InvalidField('/deadline/forRaw is not the status that is reported with it')
  return facets
}

const status = objectOf((of, at) => ({
  status: required(of, 'status', oneOf(MODEL_VALUES.status), at),
  ...optional(of, 'outcome', oneOf(MODEL_VALUES.outcome), at),
  raw: required(of, 'raw', text(100), at),
}))

const kind = objectOf((of, at) => ({
  kind: required(of, 'kind', oneOf(MODEL_VALUES.kind), at),
  ...optional(of, 'variant', oneOf(MODEL_VALUES.variant), at),
}))

const amounts = objectOf((of, at) => ({ total: required(of, 'total', fen, at), legs: required(of, 'legs', legs, at) }))

const amount = objectOf((of, at) => ({ total: required(of, 'total', fen, at) }))

const deadline = objectOf((of, at) => ({
  // Documented: null says that no clock runs. It is the one place where null is not the same as absent.
  due: of['due'] === null ? null : required(of, 'due', instant, at),
  forRaw: required(of, 'forRaw', text(100), at),
}))

const order = objectOf((of, at) => ({
  orderNumber: required(of, 'orderNumber', id, at),
  lines: required(of, 'lines', listOf(line), at),
  ...optional(of, 'paid', fen, at),
  ...optional(of, 'paidAt', instant, at),
}))

const goods = objectOf((of, at) => ({
  stage: required(of, 'stage', oneOf(MODEL_VALUES.goods), at),
  parcels: required(of, 'parcels', listOf(parcel), at),
  ...optional(of, 'deliveredAt', instant, at),
}))

const money = objectOf((of, at) => ({
  stage: required(of, 'stage', oneOf(MODEL_VALUES.money), at),
  ...optional(of, 'payer', oneOf(PAYERS), at),
}))

const dispute = objectOf((of, at) => ({
  stage: required(of, 'stage', oneOf(MODEL_VALUES.dispute), at),
  ...optional(of, 'id', text(64), at),
  ...optional(of, 'evidenceDue', instant, at),
}))
