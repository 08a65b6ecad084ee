import type { StoredMessage, Translation } from '../../contract'
import { inbound } from '.'
import { STATUS_MEANINGS } from '../statuses'

const base = { id: 1, order_sn: '260301-1', after_sales_type: 1, updated_time: '1772328605', refund_amount: 100 }

function facets(channel: StoredMessage['channel'], fields: Readonly<Record<string, unknown>>) {
  const translation: Translation = inbound.translate({
    channel,
    raw: JSON.stringify({ ...base, ...fields }),
    receivedAt: 1,
  })
  if (translation.type !== 'observed') throw new Error(JSON.stringify(translation))
  return translation.report.facets
}
const detail = (fields: Readonly<Record<string, unknown>>) => facets('detail', fields)
const row = (fields: Readonly<Record<string, unknown>>) => facets('list', { after_sales_type: 2, ...fields })
const RETURN_TYPES = { detail: { after_sales_type: 2 }, row: { after_sales_type: 3 } }

test('every official status has its word', () => {
  const official = [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 21, 22, 24, 25, 27, 31, 32, 33]
  expect([...STATUS_MEANINGS.keys()].sort((a, b) => a - b)).toEqual(official)
  expect(official.map((code) => `${code} ${detail({ after_sales_status: code }).status?.status}`)).toEqual([
    '0 closed',
    '2 awaiting-merchant-decision',
    '3 awaiting-merchant-decision',
    '4 refunding',
    '5 refunding',
    '6 refused',
    '7 awaiting-buyer-return',
    '8 platform-handling',
    '9 closed',
    '10 succeeded',
    '11 closed',
    '12 closed',
    '13 closed',
    '14 awaiting-merchant-decision',
    '15 awaiting-buyer-action',
    '16 succeeded',
    '17 closed',
    '18 awaiting-buyer-receipt',
    '21 awaiting-merchant-decision',
    '22 awaiting-buyer-return',
    '24 closed',
    '25 succeeded',
    '27 awaiting-buyer-receipt',
    '31 awaiting-refusal',
    '32 awaiting-merchant-shipment',
    '33 awaiting-recall',
  ])
})

test('an ended case reports how it ended, where the code shows it', () => {
  const outcome = (code: number) => detail({ after_sales_status: code }).status?.outcome
  expect([9, 10, 11, 12, 13, 16, 17, 25].map(outcome)).toEqual([
    'refused-by-platform',
    'refunded',
    'withdrawn',
    'buyer-late',
    'buyer-late',
    'replaced',
    'failed',
    'repaired',
  ])
  expect([0, 24].map(outcome)).toEqual([undefined, undefined])
})

test('status 3 with the return parcel on its way waits for the receipt, in list and detail alike', () => {
  const parcel = { after_sales_status: 3, shipping_name: '韵达快递' }
  const facets = {
    status: { status: 'awaiting-merchant-receipt', raw: '3' },
    goods: { stage: 'returning', parcels: [{ direction: 'back', tracking: '4300000000071', carrier: '韵达快递' }] },
  }
  expect(detail({ ...parcel, ...RETURN_TYPES.detail, express_no: '4300000000071' })).toMatchObject(facets)
  expect(
    row({ ...parcel, ...RETURN_TYPES.row, refund_amount: '1.00', tracking_number: '4300000000071' }),
  ).toMatchObject(facets)
})

test('the buyer of an exchange is to send back, the buyer of a resend only to act', () => {
  expect(detail({ after_sales_status: 15, after_sales_type: 3 }).status?.status).toBe('awaiting-buyer-return')
  expect(detail({ after_sales_status: 15, after_sales_type: 4 }).status?.status).toBe('awaiting-buyer-action')
})

describe('the deadline', () => {
  test('runs while the merchant must act', () => {
    expect(detail({ after_sales_status: 2, expire_time: 1772501405000 }).deadline).toEqual({
      due: 1772501405000,
      forRaw: '2',
    })
  })
  test('does not run against us where it is empty and the turn is not ours', () => {
    expect(detail({ after_sales_status: 7, expire_time: null }).deadline).toEqual({ due: null, forRaw: '7' })
    expect(detail({ after_sales_status: 10, expire_time: null }).deadline).toEqual({ due: null, forRaw: '10' })
  })
  test('is not known where it is empty or not there though the turn is ours', () => {
    expect(detail({ after_sales_status: 2, expire_time: null }).deadline).toBeUndefined()
    expect(detail({ after_sales_status: 2 }).deadline).toBeUndefined()
    expect(detail({ after_sales_status: 7 }).deadline).toEqual({ due: null, forRaw: '7' })
    expect(detail({ after_sales_status: 2, expire_time: 'soon' }).deadline).toBeUndefined()
  })
})

describe('money', () => {
  test('follows the code, and the kind where the code fits all kinds', () => {
    const stage = (code: number, type: number) =>
      detail({ after_sales_status: code, after_sales_type: type }).money?.stage
    expect([2, 4, 5, 10, 11].map((code) => stage(code, 1))).toEqual([
      'asked',
      'refunding',
      'refunding',
      'refunded',
      'none',
    ])
    expect([stage(8, 1), stage(8, 3), stage(6, 2), stage(6, 5)]).toEqual(['asked', 'none', 'asked', 'none'])
  })
  test('of a speed refund has reached the buyer when the list says so; the detail does not show it before the end', () => {
    const speedy = { speed_refund_flag: 1, refund_amount: '1.00' }
    expect(row({ ...speedy, after_sales_status: 33, speed_refund_status: '3' }).money).toEqual({ stage: 'refunded' })
    expect(row({ ...speedy, after_sales_status: 2, speed_refund_status: '1' }).money).toEqual({ stage: 'asked' })
    expect(row({ ...speedy, after_sales_status: 4, speed_refund_status: '2' }).money).toEqual({ stage: 'refunding' })
    expect(detail({ after_sales_status: 33, speed_refund_flag: 1 }).money).toBeUndefined()
    expect(detail({ after_sales_status: 10, speed_refund_flag: 1 }).money).toEqual({ stage: 'refunded' })
  })
})

describe('the dispute', () => {
  const joined = (code: number, join = '1') => detail({ after_sales_status: code, join_or_not: join }).dispute?.stage
  test('begins when the platform steps in', () => {
    expect(joined(8, '0')).toBe('platform-intervened')
    expect(joined(2)).toBe('platform-intervened')
    expect(detail({ after_sales_status: 2, dispute_refund_status: 1 }).dispute?.stage).toBe('platform-intervened')
    expect(row({ after_sales_status: 2, refund_amount: '1', dispute_refund_status: 1 }).dispute?.stage).toBe(
      'platform-intervened',
    )
  })
  test('ends as the code shows, and nothing is reported where it does not', () => {
    expect([joined(9, '0'), joined(5), joined(11), joined(10)]).toEqual([
      'ruled-for-merchant',
      'ruled-for-buyer',
      'cancelled',
      undefined,
    ])
  })
  test('is none only when the detail says so: a refund of an overdue case is no ruling', () => {
    expect(joined(5, '0')).toBe('none')
    expect(joined(2, 'str')).toBeUndefined()
    expect(row({ after_sales_status: 2, refund_amount: '1', dispute_refund_status: 0 }).dispute).toBeUndefined()
  })
})

test('R022: the goods are where code, return parcel and shipping mark say; a buyer who has not received them says so', () => {
  const stage = (fields: Readonly<Record<string, unknown>>) => detail({ after_sales_status: 2, ...fields }).goods?.stage
  expect(stage({ shipping_status: 0 })).toBe('not-shipped')
  expect(stage({ shipping_status: 1, user_shipping_status: '2' })).toBe('delivered')
  expect(stage({ shipping_status: 1, user_shipping_status: '1' })).toBe('in-transit')
  expect(stage({ shipping_status: 1, user_shipping_status: '0' })).toBe('unknown')
  expect(stage({ after_sales_status: 33, shipping_status: 1 })).toBe('intercepting')
  expect(stage({ after_sales_status: 31, shipping_status: 1 })).toBe('in-transit')
  expect(stage({})).toBeUndefined()
})

test('flags are sorted marks of the detail', () => {
  const marks = { speed_refund_flag: 1, dispute_refund_status: 1, join_or_not: '1', part_after_sales_type: 1 }
  expect(detail({ after_sales_status: 2, ...marks, part_after_sales_value: 2 }).flags).toEqual([
    'dispute-refund',
    'part-pieces:2',
    'platform-joined',
    'speed-refund',
  ])
})
