import type { Facets, Leg } from '#after-sale'
import { LEGS, PAYERS } from '#after-sale'
import type { Json, JsonObject } from '../../contract'
import { asId, asInteger, asText, fenOf, isBlank, instantOf } from '../../contract'
import { WORDS } from '../statuses'
import { Misread, by, listOf, maybe, needed, objectOf, wordOf } from './parts'

const text = (most: number) => by((value) => asText(value, most))
const id = by(asId)
const fen = by(fenOf)
const instant = by(instantOf)
const count = by((value: Json) => ((asInteger(value) ?? 0) > 0 ? asInteger(value) : undefined))

const line = objectOf((data, at) => ({
  lineId: needed(data, 'lineId', id, at),
  ...maybe(data, 'title', text(200), at),
  ...maybe(data, 'sku', text(100), at),
  ...maybe(data, 'quantity', count, at),
  ...maybe(data, 'paid', fen, at),
  ...maybe(data, 'freight', fen, at),
}))

const parcel = objectOf((data, at) => ({
  direction: needed(data, 'direction', wordOf({ out: 1, back: 1 }), at),
  tracking: needed(data, 'tracking', text(64), at),
  ...maybe(data, 'carrier', text(60), at),
  ...maybe(data, 'state', text(60), at),
}))

const legs = objectOf((data, at): Readonly<Partial<Record<Leg, number>>> =>
  Object.fromEntries(
    Object.keys(data)
      .filter((leg) => !isBlank(data[leg]))
      .map((leg) => [wordOf(LEGS)(leg, at), needed(data, leg, fen, at)]),
  ),
)

const flags = (value: Json, at: string): readonly string[] => [...new Set(listOf(text(60))(value, at))].sort()

/** The facets of a report, in the words of the model; nothing else is looked at, the buyer in no form. @throws Misread */
export function facetsOf(data: JsonObject): Partial<Facets> {
  const facets: Partial<Facets> = {
    ...maybe(data, 'status', status),
    ...maybe(data, 'kind', kind),
    ...maybe(data, 'amounts', amounts),
    ...maybe(data, 'amountAgreed', amount),
    ...maybe(data, 'amountRefunded', amount),
    ...maybe(
      data,
      'reason',
      objectOf((of, at) => ({ text: needed(of, 'text', text(500), at) })),
    ),
    ...maybe(
      data,
      'reasonCode',
      objectOf((of, at) => ({ code: needed(of, 'code', text(60), at) })),
    ),
    ...maybe(data, 'deadline', deadline),
    ...maybe(data, 'order', order),
    ...maybe(data, 'goods', goods),
    ...maybe(data, 'money', money),
    ...maybe(data, 'dispute', dispute),
    ...maybe(data, 'flags', flags),
  }
  if (facets.deadline !== undefined && facets.deadline.forRaw !== facets.status?.raw)
    throw new Misread('/deadline/forRaw is not the status that is reported with it')
  return facets
}

const status = objectOf((of, at) => ({
  status: needed(of, 'status', wordOf(WORDS.status), at),
  ...maybe(of, 'outcome', wordOf(WORDS.outcome), at),
  raw: needed(of, 'raw', text(100), at),
}))

const kind = objectOf((of, at) => ({
  kind: needed(of, 'kind', wordOf(WORDS.kind), at),
  ...maybe(of, 'variant', wordOf(WORDS.variant), at),
}))

const amounts = objectOf((of, at) => ({ total: needed(of, 'total', fen, at), legs: needed(of, 'legs', legs, at) }))

const amount = objectOf((of, at) => ({ total: needed(of, 'total', fen, at) }))

const deadline = objectOf((of, at) => ({
  // Documented: null says that no clock runs. It is the one place where null is not the same as absent.
  due: of['due'] === null ? null : needed(of, 'due', instant, at),
  forRaw: needed(of, 'forRaw', text(100), at),
}))

const order = objectOf((of, at) => ({
  orderNumber: needed(of, 'orderNumber', id, at),
  lines: needed(of, 'lines', listOf(line), at),
  ...maybe(of, 'paid', fen, at),
  ...maybe(of, 'paidAt', instant, at),
}))

const goods = objectOf((of, at) => ({
  stage: needed(of, 'stage', wordOf(WORDS.goods), at),
  parcels: needed(of, 'parcels', listOf(parcel), at),
  ...maybe(of, 'deliveredAt', instant, at),
}))

const money = objectOf((of, at) => ({
  stage: needed(of, 'stage', wordOf(WORDS.money), at),
  ...maybe(of, 'payer', wordOf(PAYERS), at),
}))

const dispute = objectOf((of, at) => ({
  stage: needed(of, 'stage', wordOf(WORDS.dispute), at),
  ...maybe(of, 'id', text(64), at),
  ...maybe(of, 'evidenceDue', instant, at),
}))
