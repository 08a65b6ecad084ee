import type { WireValue } from '../http/wire-json'
import type { Act } from '../world/acts'
import { carrierByCode } from '../world/applications'
import type { CaseRecord } from '../world/case'
import { aftersaleType, seconds } from './trade/codes'
import type { DouyinContext } from './api'
import { optionalWhole, ownCase } from './api'
import { DouyinError, operationFailed, invalidParam, missingParam, staleStatus } from './errors'

type OperationItem = Readonly<Record<string, unknown>>
type RequiredFields = 'nothing' | 'address' | 'parcel' | 'reasons'

interface Operation {
  readonly type: number
  readonly statuses: readonly number[]
  readonly requires: RequiredFields
  readonly act: (item: OperationItem, now: number) => Act
}

const by = 'merchant' as const
const refuse = (item: OperationItem): Act => ({ what: 'refuse', by, text: String(item['remark'] as string) })
const agreeRefund = (): Act => ({ what: 'agree-refund', by })
const agreeReturn = (): Act => ({ what: 'agree-return', by })
const intoRefund = (): Act => ({ what: 'turn-into-refund', by })

/** What may be done to which type in which status, and what it must carry. */
const operations: Readonly<Record<number, Operation>> = {
  101: { type: 0, statuses: [6, 27], requires: 'address', act: agreeReturn },
  102: { type: 0, statuses: [6], requires: 'reasons', act: refuse },
  111: { type: 0, statuses: [7, 11, 29], requires: 'nothing', act: agreeRefund },
  112: { type: 0, statuses: [11], requires: 'reasons', act: refuse },
  121: { type: 0, statuses: [6, 27], requires: 'nothing', act: intoRefund },
  201: { type: 1, statuses: [6, 27], requires: 'nothing', act: agreeRefund },
  202: { type: 1, statuses: [6], requires: 'reasons', act: refuse },
  203: { type: 1, statuses: [6], requires: 'nothing', act: () => ({ what: 'agree-parcel-refusal', by }) },
  301: { type: 3, statuses: [6, 27], requires: 'address', act: agreeReturn },
  302: { type: 3, statuses: [6], requires: 'reasons', act: refuse },
  311: { type: 3, statuses: [7, 11, 29], requires: 'parcel', act: ship },
  312: { type: 3, statuses: [11], requires: 'reasons', act: refuse },
  321: { type: 3, statuses: [6, 7, 11, 29], requires: 'nothing', act: intoRefund },
  401: { type: 2, statuses: [6], requires: 'nothing', act: agreeRefund },
  501: { type: 7, statuses: [6, 27], requires: 'nothing', act: () => ({ what: 'agree-resend', by }) },
  502: { type: 7, statuses: [6], requires: 'reasons', act: refuse },
  601: { type: 8, statuses: [6, 27], requires: 'address', act: agreeReturn },
  602: { type: 8, statuses: [6, 27], requires: 'nothing', act: () => ({ what: 'agree-repair-unreturned', by }) },
  603: { type: 8, statuses: [6], requires: 'reasons', act: refuse },
  611: { type: 8, statuses: [7, 8, 11], requires: 'parcel', act: ship },
  612: { type: 8, statuses: [11], requires: 'reasons', act: refuse },
  621: { type: 8, statuses: [6, 7, 8, 11, 27, 29], requires: 'nothing', act: intoRefund },
}

function asItem(value: unknown): OperationItem {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as OperationItem) : {}
}

function ship(item: OperationItem, now: number): Act {
  const logistics = asItem(item['logistics'])
  const carrier = carrierByCode(String(logistics['company_code'] as string))
  const parcel = {
    carrierId: carrier.id,
    carrierCode: carrier.code,
    carrierName: carrier.name,
    trackingNumber: String(logistics['logistics_code'] as string),
    sentMs: now,
  }
  return { what: 'ship-goods', by, parcel }
}

/** Cases in one call of `afterSale.operate`. */
const MOST_ITEMS = 20

/** afterSale.operate, the API of all decisions of the merchant. A batch fails as a whole, so every item is checked before any is carried out. */
export function operate(context: DouyinContext): WireValue {
  const code = optionalWhole(context, 'type')
  if (code === undefined) throw missingParam('type')
  const operation = operations[code]
  if (operation === undefined) throw invalidParam('type')
  const items = context.param['items']
  if (!Array.isArray(items) || items.length === 0) throw missingParam('items')
  if (items.length > MOST_ITEMS) throw invalidParam('items')
  const chosen = items.map((item: unknown) => admit(context, operation, asItem(item)))
  const answered = chosen.map(({ record, item }) => {
    const outcome = context.world.act(record.number, operation.act(item, context.world.clock.now()))
    logAction(context, code, record, outcome.changed, outcome.changed ? 'success' : outcome.why)
    if (!outcome.changed) throw staleStatus()
    return { aftersale_id: BigInt(record.number), status_code: 0, status_msg: 'success' }
  })
  return { items: answered }
}

function admit(
  context: DouyinContext,
  operation: Operation,
  item: OperationItem,
): { record: CaseRecord; item: OperationItem } {
  const id = item['aftersale_id']
  if (typeof id !== 'string' && typeof id !== 'number' && typeof id !== 'bigint') throw missingParam('aftersale_id')
  const record = ownCase(context, String(id))
  try {
    checkRequiredFields(operation.requires, item, context)
    if (aftersaleType(record) !== operation.type) throw operationFailed(11005, '操作失败，售后类型不支持该操作')
    if (!operation.statuses.includes(record.status) || record.finalMs !== null) throw staleStatus()
    const version = item['update_time']
    // An optimistic version: the buyer may have changed the application after it was read.
    if (version !== undefined && version !== null && Number(version) !== seconds(record.updatedMs)) throw staleStatus()
  } catch (error) {
    logAction(
      context,
      Number(context.param['type']),
      record,
      false,
      error instanceof DouyinError ? error.subCode : 'failed',
    )
    throw error
  }
  return { record, item }
}

function checkRequiredFields(
  requires: RequiredFields,
  item: OperationItem,
  { world, shopId, unfetched }: DouyinContext,
): void {
  const logistics = asItem(item['logistics'])
  if (requires === 'address') {
    const address = logistics['receiver_address_id']
    if (address === undefined || address === null) throw missingParam('logistics.receiver_address_id')
    if (String(address as string) !== world.shop(shopId)?.returnAddressId)
      throw invalidParam('logistics.receiver_address_id')
  }
  if (requires === 'parcel')
    for (const name of ['company_code', 'logistics_code'])
      if (typeof logistics[name] !== 'string' || logistics[name] === '') throw missingParam(`logistics.${name}`)
  if (requires === 'reasons') {
    for (const name of ['reason', 'remark'])
      if (typeof item[name] !== 'string' || item[name] === '') throw missingParam(name)
    const code = Number(item['reject_reason_code'])
    if (![101, 102, 103].includes(code)) throw missingParam('reject_reason_code')
    const evidence = item['evidence']
    if (code === 101 && (!Array.isArray(evidence) || evidence.length === 0)) throw missingParam('evidence')
    if (Array.isArray(evidence) && evidence.some((piece) => unfetched.has(String(asItem(piece)['url']))))
      throw invalidParam('evidence')
  }
}

function logAction(
  context: DouyinContext,
  code: number,
  record: CaseRecord,
  carriedOut: boolean,
  answer: string,
): void {
  context.calls.action({
    atMs: context.world.clock.now(),
    marketplace: 'douyin',
    api: `afterSale.operate ${code}`,
    shopId: record.shopId,
    caseNumber: record.number,
    carriedOut,
    answer,
  })
}
