import type { Facets, Leg } from '#after-sale'
import { LEGS, PAYERS } from '#after-sale'
import type { Json, JsonObject } from '../../contract'
import { asId, asInteger, asText, asFen, isBlank, asInstant } from '../../contract'
import { MODEL_VALUES } from '../statuses'
import { InvalidField, fieldReader, listOf, readOptional, readRequired, objectOf, oneOf } from './field-readers'

const text = (maxLength: number) => fieldReader((value) => asText(value, maxLength))
const id = fieldReader(asId)
const fen = fieldReader(asFen)
const instant = fieldReader(asInstant)
const count = fieldReader((value: Json) => ((asInteger(value) ?? 0) > 0 ? asInteger(value) : undefined))

const line = objectOf((data, path) => ({
  lineId: readRequired(data, 'lineId', id, path),
  ...readOptional(data, 'title', text(200), path),
  ...readOptional(data, 'sku', text(100), path),
  ...readOptional(data, 'quantity', count, path),
  ...readOptional(data, 'paid', fen, path),
  ...readOptional(data, 'freight', fen, path),
}))

const parcel = objectOf((data, path) => ({
  direction: readRequired(data, 'direction', oneOf({ out: 1, back: 1 }), path),
  tracking: readRequired(data, 'tracking', text(64), path),
  ...readOptional(data, 'carrier', text(60), path),
  ...readOptional(data, 'state', text(60), path),
}))

const legs = objectOf((data, path): Readonly<Partial<Record<Leg, number>>> =>
  Object.fromEntries(
    Object.keys(data)
      .filter((leg) => !isBlank(data[leg]))
      .map((leg) => [oneOf(LEGS)(leg, path), readRequired(data, leg, fen, path)]),
  ),
)

const flags = (value: Json, path: string): readonly string[] => [...new Set(listOf(text(60))(value, path))].sort()

/**
 * The facets of a report, with the model's values. All other fields are ignored, including anything about the buyer.
 * @throws InvalidField
 */
export function facetsOf(data: JsonObject): Partial<Facets> {
  const facets: Partial<Facets> = {
    ...readOptional(data, 'status', status),
    ...readOptional(data, 'kind', kind),
    ...readOptional(data, 'amounts', amounts),
    ...readOptional(data, 'amountAgreed', amount),
    ...readOptional(data, 'amountRefunded', amount),
    ...readOptional(
      data,
      'reason',
      objectOf((data, path) => ({ text: readRequired(data, 'text', text(500), path) })),
    ),
    ...readOptional(
      data,
      'reasonCode',
      objectOf((data, path) => ({ code: readRequired(data, 'code', text(60), path) })),
    ),
    ...readOptional(data, 'deadline', deadline),
    ...readOptional(data, 'order', order),
    ...readOptional(data, 'goods', goods),
    ...readOptional(data, 'money', money),
    ...readOptional(data, 'dispute', dispute),
    ...readOptional(data, 'flags', flags),
  }
  if (facets.deadline !== undefined && facets.deadline.forRaw !== facets.status?.raw)
    throw new InvalidField('/deadline/forRaw is not the status that is reported with it')
  return facets
}

const status = objectOf((data, path) => ({
  status: readRequired(data, 'status', oneOf(MODEL_VALUES.status), path),
  ...readOptional(data, 'outcome', oneOf(MODEL_VALUES.outcome), path),
  raw: readRequired(data, 'raw', text(100), path),
}))

const kind = objectOf((data, path) => ({
  kind: readRequired(data, 'kind', oneOf(MODEL_VALUES.kind), path),
  ...readOptional(data, 'variant', oneOf(MODEL_VALUES.variant), path),
}))

const amounts = objectOf((data, path) => ({
  total: readRequired(data, 'total', fen, path),
  legs: readRequired(data, 'legs', legs, path),
}))

const amount = objectOf((data, path) => ({ total: readRequired(data, 'total', fen, path) }))

const deadline = objectOf((data, path) => ({
  // Documented: null says that no clock runs. It is the one place where null is not the same as absent.
  due: data['due'] === null ? null : readRequired(data, 'due', instant, path),
  forRaw: readRequired(data, 'forRaw', text(100), path),
}))

const order = objectOf((data, path) => ({
  orderNumber: readRequired(data, 'orderNumber', id, path),
  lines: readRequired(data, 'lines', listOf(line), path),
  ...readOptional(data, 'paid', fen, path),
  ...readOptional(data, 'paidAt', instant, path),
}))

const goods = objectOf((data, path) => ({
  stage: readRequired(data, 'stage', oneOf(MODEL_VALUES.goods), path),
  parcels: readRequired(data, 'parcels', listOf(parcel), path),
  ...readOptional(data, 'deliveredAt', instant, path),
}))

const money = objectOf((data, path) => ({
  stage: readRequired(data, 'stage', oneOf(MODEL_VALUES.money), path),
  ...readOptional(data, 'payer', oneOf(PAYERS), path),
}))

const dispute = objectOf((data, path) => ({
  stage: readRequired(data, 'stage', oneOf(MODEL_VALUES.dispute), path),
  ...readOptional(data, 'id', text(64), path),
  ...readOptional(data, 'evidenceDue', instant, path),
}))
