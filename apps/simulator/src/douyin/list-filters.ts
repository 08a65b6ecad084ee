import type { CaseRecord, Order } from '../world/case'
import { aftersaleType, seconds } from './trade/codes'
import { orderFlag, subType } from './variety'
import { noReason7Days } from '../world/vocabulary'
import type { DouyinContext } from './api'
import { optionalId, optionalWhole } from './api'
import { refundChannelOf, riskCode } from './case-fields'
import { invalidParam } from './errors'
import { refusedParcelState } from './refused-parcel'

type Matches = (c: CaseRecord, order: Order) => boolean

/**
 * The row filters of afterSale.List as documented: a row must match every given filter, and any value of a list. An
 * undocumented value is refused; an undocumented filter is ignored.
 */
export function filtersOf(context: DouyinContext): Matches {
  const one = (name: string, documented: readonly number[], matches: (c: CaseRecord, value: number) => boolean) => {
    const value = optionalWhole(context, name)
    if (value === undefined) return always
    if (!documented.includes(value)) throw invalidParam(name)
    return (record: CaseRecord) => matches(record, value)
  }
  const any = (
    name: string,
    documented: readonly number[],
    matches: (c: CaseRecord, value: number, order: Order) => boolean,
  ): Matches => {
    const values = wholeNumbers(context, name)
    if (values === undefined) return always
    if (!values.every((value) => documented.includes(value))) throw invalidParam(name)
    return (c, order) => values.some((value) => matches(c, value, order))
  }
  const id = (name: string, matches: (c: CaseRecord, value: string) => boolean): Matches => {
    const value = optionalId(context, name)
    return value === undefined ? always : (c) => matches(c, value)
  }
  const now = context.world.clock.now()
  const trackings = textsParam(context, 'order_logistics_tracking_no')
  // The older name counts only where the newer one is not given.
  const given = listParam(context, 'standard_aftersale_status') !== undefined
  const filters: readonly Matches[] = [
    any(given ? 'standard_aftersale_status' : 'aftersale_status', STATUSES, (c, s) => c.status === s),
    one('aftersale_type', [0, 1, 2, 3, 4, 5, 6, 7, 8], (c, type) => aftersaleType(c) === type),
    one('aftersale_sub_type', [8001], (c, type) => subType(c) === type),
    one('reason', [1, 2], (c, reason) => (c.reason === noReason7Days) === (reason === 1)),
    // 1 all, 2 sent back, 3 not sent back.
    one('logistics_status', [1, 2, 3], (c, sent) => sent === 1 || (c.returnParcel !== null) === (sent === 2)),
    // 1 all, 2 on delivery, 3 online: in this world every buyer pays online.
    one('pay_type', [1, 2, 3], (_, type) => type !== 2),
    one('refund_type', [0, 1, 2, 3, 4], (c, type) => refundChannelOf(c).code === type),
    one('risk_flag', [-1, 1], (c, flag) => riskCode(c) === flag),
    any('arbitrate_status', [0, 1, 2, 3, 4, 5, 6, 255], (c, asked) => arbitration(c).includes(asked)),
    any('order_flag', [0, 1, 2, 3, 4, 5], (_, flag, order) => orderFlag(order) === flag),
    any('order_logistics_state', [1, 2, 3, 4], (c, state) => refusedParcelState(c, now) === state),
    any('agree_refuse_sign', [1, 2], (c, sign) => c.parcelRefusalAgreed === (sign === 1)),
    trackings === undefined ? always : (_, { parcel }) => parcel !== null && trackings.includes(parcel.trackingNumber),
    id('order_id', (c, number) => c.orderNumber === number || c.line.number === number),
    id('aftersale_id', (c, number) => c.number === number),
    rangeParam(context, 'amount_start', 'amount_end', 'end included', (c) => c.refundFen),
    rangeParam(context, 'start_time', 'end_time', 'end excluded', (c) => seconds(c.appliedMs)),
    rangeParam(
      context,
      'aftersale_status_to_final_start_time',
      'aftersale_status_to_final_end_time',
      'end excluded',
      (c) => (c.finalMs === null ? undefined : seconds(c.finalMs)),
    ),
  ]
  const wanted = filters.filter((filter) => filter !== always)
  return (c, order) => wanted.every((matches) => matches(c, order))
}

const STATUSES = [6, 7, 8, 11, 12, 13, 14, 27, 28, 29, 51, 53]
const always: Matches = () => true

/** The numbers of the filter that match a dispute. They differ from those in answers: 6 is any end, 255 a withdrawal. */
function arbitration({ dispute }: CaseRecord): readonly number[] {
  const shown = dispute?.status ?? 0
  if (shown === 2 || shown === 3) return [shown, 6]
  return [shown]
}

function rangeParam(
  context: DouyinContext,
  from: string,
  to: string,
  end: 'end included' | 'end excluded',
  valueOf: (c: CaseRecord) => number | undefined,
): Matches {
  const [low, high] = [optionalWhole(context, from), optionalWhole(context, to)]
  if ((low ?? 0) < 0) throw invalidParam(from)
  if ((high ?? 0) < 0) throw invalidParam(to)
  if (low === undefined && high === undefined) return always
  const limit = high === undefined ? Infinity : end === 'end included' ? high + 1 : high
  return (c) => {
    const value = valueOf(c)
    return value !== undefined && value >= (low ?? 0) && value < limit
  }
}

/** The values of a list, of a text with commas, or a single one. Undefined: empty, so no filter. */
function listParam(context: DouyinContext, name: string): readonly unknown[] | undefined {
  const value = context.param[name]
  if (value === undefined || value === null || value === '') return undefined
  const list: readonly unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value]
  return list.length === 0 ? undefined : list
}

function wholeNumbers(context: DouyinContext, name: string): readonly number[] | undefined {
  return listParam(context, name)?.map((value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw invalidParam(name)
    return number
  })
}

function textsParam(context: DouyinContext, name: string): readonly string[] | undefined {
  return listParam(context, name)?.map((value) => {
    if (typeof value !== 'string') throw invalidParam(name)
    return value
  })
}
