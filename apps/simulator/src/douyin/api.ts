import type { CallLog } from '../http/call-log'
import type { Faults } from '../faults/faults'
import type { CallQuota } from '../http/call-quotas'
import type { Tokens } from '../http/tokens'
import type { WireValue } from '../http/wire-json'
import type { CaseRecord, Order } from '../world/case'
import type { Shop } from '../world/shops'
import type { World } from '../world/world'
import { invalidParam, missingParam, noSuchCase } from './errors'
import type { ShownCase } from './case-fields'

/** An admitted call: its parameters, the shop of its token, and the world that it works on. */
export interface DouyinContext {
  readonly method: string
  /** The parameters as sent; numbers beyond 2^53 are bigints. */
  readonly param: Readonly<Record<string, unknown>>
  /** Empty for the token APIs. */
  readonly shopId: string
  readonly world: World
  readonly faults: Faults
  readonly calls: CallLog
  readonly tokens: Tokens
  /** Addresses of evidence in this call that could not be fetched. */
  readonly unfetched: ReadonlySet<string>
}

/** One method of the API. */
export interface DouyinApi {
  /** Answers `data`; throws DouyinError. */
  readonly run: (context: DouyinContext) => WireValue
  readonly quotas: readonly CallQuota[]
  readonly action?: true
  readonly withoutToken?: true
}

/** Ids come as strings or as bare numbers; both are one text here. */
export function idParam(context: DouyinContext, name: string): string {
  const value = optionalId(context, name)
  if (value === undefined) throw missingParam(name)
  return value
}

/** `undefined` where the id is left out, null or an empty text. @throws DouyinError if it is no number of up to 20 digits */
export function optionalId(context: DouyinContext, name: string): string | undefined {
  const value = context.param[name]
  if (value === undefined || value === null || value === '') return undefined
  const text =
    typeof value === 'string' ? value : typeof value === 'bigint' || typeof value === 'number' ? String(value) : ''
  if (!/^\d{1,20}$/.test(text)) throw invalidParam(name)
  return text
}

/** A whole number, sent as number or text; `undefined` where it is left out or null. @throws DouyinError */
export function optionalWhole(context: DouyinContext, name: string): number | undefined {
  const value = context.param[name]
  if (value === undefined || value === null) return undefined
  const number = typeof value === 'string' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw invalidParam(name)
  return number
}

/** @throws DouyinError if the text is missing or empty */
export function textParam(context: DouyinContext, name: string): string {
  const value = context.param[name]
  if (typeof value !== 'string' || value === '') throw missingParam(name)
  return value
}

/** The case of this number, if it belongs to the shop of the token. @throws DouyinError */
export function ownCase(context: DouyinContext, number: string): CaseRecord {
  const record = context.world.find(number)
  if (record === undefined || record.shopId !== context.shopId) throw noSuchCase()
  return record
}

/** A case with what the answers show beside it; its status may be falsified by a fault. */
export function shownCase(context: DouyinContext, record: CaseRecord): ShownCase {
  const order = context.world.findOrder(record.orderNumber) as Order
  const shop = context.world.shop(record.shopId) as Shop
  return { record, order, shop, status: context.faults.shownStatus(record.sequence, record.status) }
}
