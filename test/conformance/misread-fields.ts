import type { Facets } from '#after-sale'
import type { Channel, Json, JsonObject, Translation } from '#connectors'
import { asArray, asInteger, asObject, fenOf, fenOfYuan, instantOf } from '#connectors'

type Observed = Extract<Translation, { type: 'observed' }>

/** Where one marketplace writes what is read a second time here, from the fact tables and not from the connectors. */
export interface SecondReading {
  /** The object that holds the case's own fields. */
  readonly caseIn: (piece: JsonObject) => JsonObject
  readonly linesIn: (piece: JsonObject) => readonly JsonObject[]
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
export function misreadFields(channel: Channel, piece: JsonObject, said: Observed, at: SecondReading): string[] {
  const source = at.caseIn(piece)
  const { facets, stamp } = said.report
  return [
    ...amount(channel, source, facets, at),
    ...quantities(at.linesIn(piece), facets, at.claimed),
    ...times(source, facets, stamp.revision, at),
    ...goods(source, facets, at),
    ...money(channel, source, facets, at),
    ...flags(source, facets, at),
  ]
}

const first = (source: JsonObject, names: readonly string[]): Json | undefined =>
  names.map((name) => source[name]).find((value) => value !== undefined && value !== null && value !== '')

function amount(channel: Channel, source: JsonObject, { amounts }: Partial<Facets>, at: SecondReading): string[] {
  const value = first(source, at.totals)
  const fen = at.yuanIn.includes(channel) ? fenOfYuan(value) : fenOf(value)
  return fen === undefined || amounts?.total === fen ? [] : [`amount ${fen} fen is translated as ${amounts?.total}`]
}

function quantities(lines: readonly JsonObject[], { order }: Partial<Facets>, names: readonly string[]): string[] {
  const written = lines.map((line) => asInteger(first(line, names)))
  if (order === undefined || written.some((claimed) => claimed === undefined)) return []
  const claimed = written.filter((count) => count !== 0)
  const translated = order.lines.map(({ quantity }) => quantity)
  return JSON.stringify(claimed) === JSON.stringify(translated)
    ? []
    : [`quantities ${claimed.join()} are translated as ${translated.join()}`]
}

function times(source: JsonObject, { deadline }: Partial<Facets>, revision: number, at: SecondReading): string[] {
  const updated = instantOf(first(source, at.revision))
  const due = instantOf(first(source, at.deadline))
  return [
    ...(updated === undefined || Math.floor(updated / 1000) === Math.floor(revision / 1000)
      ? []
      : [`revision ${updated} is translated as ${revision}`]),
    ...(due === undefined || deadline === undefined || deadline.due === due
      ? []
      : [`deadline ${due} is translated as ${deadline.due}`]),
  ]
}

function goods(source: JsonObject, facets: Partial<Facets>, at: SecondReading): string[] {
  const back = first(source, at.returnParcel)
  if (facets.goods === undefined || typeof back !== 'string' || back.replaceAll('"', '').trim() === '') return []
  const { stage, parcels } = facets.goods
  const isTranslated = parcels.some(({ direction, tracking }) => direction === 'back' && back.includes(tracking))
  return isTranslated && stage !== 'delivered' ? [] : [`the parcel that comes back is translated as ${stage}`]
}

function money(channel: Channel, source: JsonObject, facets: Partial<Facets>, at: SecondReading): string[] {
  const type = asInteger(first(source, at.type))
  if (type === undefined || !at.withoutMoney(type, channel) || facets.money === undefined) return []
  return facets.money.stage === 'none' ? [] : [`type ${type} moves no money and is translated as ${facets.money.stage}`]
}

function flags(source: JsonObject, facets: Partial<Facets>, { bits }: SecondReading): string[] {
  if (bits === undefined || facets.flags === undefined) return []
  return asArray(source[bits])
    .map(asInteger)
    .filter((bit) => bit !== undefined && !facets.flags?.includes(`auto-audit:${bit}`))
    .map((bit) => `${bits} ${bit} is in no flag`)
}

const objectAt = (piece: JsonObject, ...path: readonly string[]): JsonObject | undefined =>
  path.reduce<JsonObject | undefined>((at, key) => asObject(at?.[key]), piece)

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  asArray(value)
    .map(asObject)
    .filter((one) => one !== undefined)

const douyinBody = (piece: JsonObject): JsonObject => asObject(piece['data']) ?? piece

export const DOUYIN_FIELDS: SecondReading = {
  caseIn: (piece) =>
    objectAt(piece, 'aftersale_info') ?? objectAt(douyinBody(piece), 'process_info', 'after_sale_info') ?? {},
  linesIn: (piece) => [
    ...objectsIn(objectAt(piece, 'order_info')?.['related_order_info']),
    ...objectsIn(objectAt(douyinBody(piece), 'order_info')?.['sku_order_infos']),
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

export const PINDUODUO_FIELDS: SecondReading = {
  caseIn: (piece) => {
    const [only, ...others] = Object.values(piece)
    return piece['id'] === undefined && others.length === 0 ? (asObject(only) ?? piece) : piece
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
