import type { Facets } from '#after-sale'
import type { Channel, Json, JsonObject, Translation } from '#connectors'
import { asArray, asInteger, asObject, asFen, asFenFromYuan, asInstant } from '#connectors'

type Observed = Extract<Translation, { type: 'observed' }>

/** Where one marketplace writes what is read a second time here, from the fact tables and not from the connectors. */
export interface FieldPaths {
  /** The object that holds the case's own fields. */
  readonly caseIn: (message: JsonObject) => JsonObject
  readonly linesIn: (message: JsonObject) => readonly JsonObject[]
  /** How many pieces of a line are claimed; only these names, never what was bought. */
  readonly claimed: readonly string[]
  readonly totals: readonly string[]
  readonly yuanIn: readonly Channel[]
  readonly revision: readonly string[]
  readonly deadline: readonly string[]
  readonly returnParcel: readonly string[]
  readonly bits?: string
  /** Types that ask for no money, by channel. */
  readonly withoutMoney: (type: number, channel: Channel) => boolean
  readonly type: readonly string[]
}

/** Fields that were translated wrongly: amounts, quantities, times, goods, money and flags. */
export function findMisreadFields(
  channel: Channel,
  message: JsonObject,
  observation: Observed,
  fields: FieldPaths,
): string[] {
  const source = fields.caseIn(message)
  const { facets, stamp } = observation.report
  return [
    ...checkAmount(channel, source, facets, fields),
    ...checkQuantities(fields.linesIn(message), facets, fields.claimed),
    ...checkTimes(source, facets, stamp.revision, fields),
    ...checkGoods(source, facets, fields),
    ...checkMoney(channel, source, facets, fields),
    ...checkFlags(source, facets, fields),
  ]
}

const firstValue = (source: JsonObject, names: readonly string[]): Json | undefined =>
  names.map((name) => source[name]).find((value) => value !== undefined && value !== null && value !== '')

function checkAmount(channel: Channel, source: JsonObject, { amounts }: Partial<Facets>, fields: FieldPaths): string[] {
  const value = firstValue(source, fields.totals)
  const fen = fields.yuanIn.includes(channel) ? asFenFromYuan(value) : asFen(value)
  return fen === undefined || amounts?.total === fen ? [] : [`amount ${fen} fen is translated as ${amounts?.total}`]
}

function checkQuantities(lines: readonly JsonObject[], { order }: Partial<Facets>, names: readonly string[]): string[] {
  const written = lines.map((line) => asInteger(firstValue(line, names)))
  if (order === undefined || written.some((claimed) => claimed === undefined)) return []
  const claimed = written.filter((count) => count !== 0)
  const translated = order.lines.map(({ quantity }) => quantity)
  return JSON.stringify(claimed) === JSON.stringify(translated)
    ? []
    : [`quantities ${claimed.join()} are translated as ${translated.join()}`]
}

function checkTimes(source: JsonObject, { deadline }: Partial<Facets>, revision: number, fields: FieldPaths): string[] {
  const updated = asInstant(firstValue(source, fields.revision))
  const due = asInstant(firstValue(source, fields.deadline))
  return [
    ...(updated === undefined || Math.floor(updated / 1000) === Math.floor(revision / 1000)
      ? []
      : [`revision ${updated} is translated as ${revision}`]),
    ...(due === undefined || deadline === undefined || deadline.due === due
      ? []
      : [`deadline ${due} is translated as ${deadline.due}`]),
  ]
}

function checkGoods(source: JsonObject, facets: Partial<Facets>, fields: FieldPaths): string[] {
  const returnTracking = firstValue(source, fields.returnParcel)
  if (
    facets.goods === undefined ||
    typeof returnTracking !== 'string' ||
    returnTracking.replaceAll('"', '').trim() === ''
  )
    return []
  const { stage, parcels } = facets.goods
  const isTranslated = parcels.some(
    ({ direction, tracking }) => direction === 'back' && returnTracking.includes(tracking),
  )
  return isTranslated && stage !== 'delivered' ? [] : [`the parcel that comes back is translated as ${stage}`]
}

function checkMoney(channel: Channel, source: JsonObject, facets: Partial<Facets>, fields: FieldPaths): string[] {
  const type = asInteger(firstValue(source, fields.type))
  if (type === undefined || !fields.withoutMoney(type, channel) || facets.money === undefined) return []
  return facets.money.stage === 'none' ? [] : [`type ${type} moves no money and is translated as ${facets.money.stage}`]
}

function checkFlags(source: JsonObject, facets: Partial<Facets>, { bits }: FieldPaths): string[] {
  if (bits === undefined || facets.flags === undefined) return []
  return asArray(source[bits])
    .map(asInteger)
    .filter((bit) => bit !== undefined && !facets.flags?.includes(`auto-audit:${bit}`))
    .map((bit) => `${bits} ${bit} is in no flag`)
}

const objectAt = (message: JsonObject, ...path: readonly string[]): JsonObject | undefined =>
  path.reduce<JsonObject | undefined>((object, key) => asObject(object?.[key]), message)

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  asArray(value)
    .map(asObject)
    .filter((one) => one !== undefined)

const douyinBody = (message: JsonObject): JsonObject => asObject(message['data']) ?? message

export const DOUYIN_FIELDS: FieldPaths = {
  caseIn: (message) =>
    objectAt(message, 'aftersale_info') ?? objectAt(douyinBody(message), 'process_info', 'after_sale_info') ?? {},
  linesIn: (message) => [
    ...objectsIn(objectAt(message, 'order_info')?.['related_order_info']),
    ...objectsIn(objectAt(douyinBody(message), 'order_info')?.['sku_order_infos']),
  ],
  claimed: ['aftersale_item_num', 'after_sale_item_count'],
  totals: ['refund_total_amount', 'refund_amount'],
  yuanIn: [],
  revision: ['update_time'],
  deadline: ['status_deadline'],
  returnParcel: ['return_logistics_code'],
  bits: 'auto_audit_bits',
  withoutMoney: (type) => type === 3 || type === 7 || type === 8,
  type: ['aftersale_type', 'after_sale_type'],
}

export const PINDUODUO_FIELDS: FieldPaths = {
  caseIn: (message) => {
    const [only, ...others] = Object.values(message)
    return message['id'] === undefined && others.length === 0 ? (asObject(only) ?? message) : message
  },
  linesIn: () => [],
  claimed: [],
  totals: ['refund_amount'],
  yuanIn: ['list'],
  revision: ['updated_time'],
  deadline: ['expire_time'],
  returnParcel: ['tracking_number', 'express_no'],
  withoutMoney: (type, channel) => (channel === 'list' ? type - 1 : type) >= 3,
  type: ['after_sales_type'],
}
