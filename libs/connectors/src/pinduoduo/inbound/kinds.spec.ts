import type { Facets } from '#after-sale'
import { amountAtRiskOf, decide, fold, KINDS } from '#after-sale'
import { inbound } from '.'
import { STATUS_MEANINGS } from '../statuses'

type Fields = Readonly<Record<string, unknown>>

const base = { id: 1, order_sn: '260301-1', updated_time: '1772328605' }
const observationOf = (channel: 'list' | 'detail', status: number, type: number, fields: Fields = {}) => {
  const after_sales_type = channel === 'list' ? type + 1 : type
  const refund_amount = channel === 'list' ? '129.00' : 12_900
  const raw = JSON.stringify({ ...base, after_sales_status: status, after_sales_type, refund_amount, ...fields })
  const observation = inbound.translate({ channel, raw, receivedAt: 1 })
  if (observation.type !== 'observed') throw new Error(JSON.stringify(observation))
  return observation
}
const facetsOf = (...of: Parameters<typeof observationOf>): Partial<Facets> => observationOf(...of).report.facets
const atRisk = ({ report }: ReturnType<typeof observationOf>): number => {
  const identity = { organisation: '1', store: '1', marketplace: 'pinduoduo', caseNumber: '1' }
  const decision = decide(undefined, { type: 'RecordObservation', identity, ...report })
  const afterSale = decision.type === 'decided' ? fold(decision.events) : undefined
  return afterSale === undefined ? -1 : amountAtRiskOf(afterSale)
}
const CHANNELS = ['list', 'detail'] as const
const CODES = [...STATUS_MEANINGS.keys()]

/** `status[/outcome] money` for each kind: refund-only, return-and-refund, exchange, resend, repair. */
const EXPECTED_BY_STATUS: Readonly<Record<number, readonly [string, string, string, string, string]>> = {
  0: same('closed none'),
  2: split('awaiting-merchant-decision', 'asked'),
  3: split('awaiting-merchant-decision', 'asked'),
  4: ['refunding refunding', 'refunding refunding', ...three('platform-handling none')],
  5: ['refunding refunding', 'refunding refunding', ...three('platform-handling none')],
  6: split('refused', 'asked'),
  7: split('awaiting-buyer-return', 'asked'),
  8: split('platform-handling', 'asked'),
  9: same('closed/refused-by-platform none'),
  10: [
    'succeeded/refunded refunded',
    'succeeded/refunded refunded',
    'succeeded/replaced none',
    'succeeded/replaced none',
    'succeeded/done none',
  ],
  11: same('closed/withdrawn none'),
  12: same('closed/buyer-late none'),
  13: same('closed/buyer-late none'),
  14: same('awaiting-merchant-decision none'),
  15: [
    'awaiting-buyer-action none',
    'awaiting-buyer-action none',
    'awaiting-buyer-return none',
    'awaiting-buyer-action none',
    'awaiting-buyer-action none',
  ],
  16: same('succeeded/replaced none'),
  17: same('closed/failed none'),
  18: same('awaiting-buyer-receipt none'),
  21: same('awaiting-merchant-decision none'),
  22: same('awaiting-buyer-return none'),
  24: same('closed none'),
  25: same('succeeded/repaired none'),
  27: same('awaiting-buyer-receipt none'),
  31: split('awaiting-refusal', 'asked'),
  32: same('awaiting-merchant-shipment none'),
  33: split('awaiting-recall', 'asked'),
}

function same(words: string): readonly [string, string, string, string, string] {
  return [words, words, words, words, words]
}
function three(words: string): readonly [string, string, string] {
  return [words, words, words]
}
function split(status: string, money: string): readonly [string, string, string, string, string] {
  return [`${status} ${money}`, `${status} ${money}`, ...three(`${status} none`)]
}

describe('status by kind (fault A10)', () => {
  it('the table has every official status', () =>
    expect(Object.keys(EXPECTED_BY_STATUS).map(Number)).toEqual([...CODES].sort((a, b) => a - b)))

  it.each(CODES)('status %i means the same in list and detail, for each kind', (code) => {
    for (const channel of CHANNELS)
      expect(
        [1, 2, 3, 4, 5].map((type) => {
          const { status, money } = facetsOf(channel, code, type)
          return `${status?.status}${status?.outcome === undefined ? '' : `/${status.outcome}`} ${money?.stage}`
        }),
      ).toEqual(EXPECTED_BY_STATUS[code])
  })

  it('an exchange, a resend and a repair move no money and have none at risk, fast refund or not', () => {
    for (const type of [3, 4, 5])
      for (const code of CODES)
        for (const channel of CHANNELS)
          for (const speed of [{}, { speed_refund_flag: 1 }, { speed_refund_flag: 1, speed_refund_status: '3' }]) {
            const observation = observationOf(channel, code, type, speed)
            expect(observation.report.facets.money).toEqual({ stage: 'none' })
            expect(atRisk(observation)).toBe(0)
          }
  })

  it('every kind of the model is in the table', () => expect(Object.keys(KINDS)).toHaveLength(5))
})

describe('how many pieces are claimed (fault A8)', () => {
  const quantity = (goods_number: unknown, refund_amount: unknown, order_amount: unknown = '59.80') =>
    facetsOf('list', 2, 1, { sku_id: '7', goods_number, refund_amount, order_amount }).order?.lines[0]?.quantity

  it.each<[string, unknown, unknown, number | undefined]>([
    ['a part of the sum of two pieces', '2', '29.90', undefined],
    ['the whole sum of two pieces', '2', '59.80', 2],
    ['a part of the sum of a single piece', '1', '8.00', 1],
    ['nothing of the sum', '2', '0.00', undefined],
    ['no sum', '2', '', undefined],
    ['a number that is none', 'x', '59.80', undefined],
    ['no pieces', '0', '59.80', undefined],
  ])('where %s is asked for', (_, bought, asked, claimed) => expect(quantity(bought, asked)).toBe(claimed))

  it('the detail reports the pieces of a partial after-sale as a mark', () => {
    const marks = { goods_number: 9, part_after_sales_type: 1, part_after_sales_value: 3 }
    expect(facetsOf('detail', 2, 1, marks).flags).toEqual(['part-pieces:3'])
    expect(facetsOf('detail', 2, 1, marks)).not.toHaveProperty('order')
  })
})
