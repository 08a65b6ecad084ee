import type { Connector, Translation } from '#connectors'
import { connectorOf } from '#connectors'
import { checkFile } from './check-file'
import { differencesFromExpected } from './expected-translation'
import { DOUYIN, PINDUODUO } from './official-codes'
import { recogniseDouyin } from './recognise-douyin'
import { recognisePinduoduo } from './recognise-pinduoduo'

const connectorNamed = (marketplace: string): Connector => connectorOf(marketplace) as Connector
const douyin = { connector: connectorNamed('douyin'), recognise: recogniseDouyin, codes: DOUYIN }
const pinduoduo = { connector: connectorNamed('pinduoduo'), recognise: recognisePinduoduo, codes: PINDUODUO }

const row = JSON.stringify({
  aftersale_info: {
    aftersale_id: '7012345678901234567',
    aftersale_status: 11,
    aftersale_type: 0,
    update_time: 1772712000,
    status_deadline: 1772884800,
    refund_amount: 2900,
    refund_status: 1,
    return_logistics_code: 'SF1',
    order_logistics: [{ tracking_no: 'YT1' }],
    auto_audit_bits: [7],
  },
  order_info: {
    shop_order_id: '6912345678901234561',
    related_order_info: [
      { sku_order_id: '6912345678901234561', item_num: 9, aftersale_item_num: 3 },
      { sku_order_id: '6912345678901234562', item_num: 2, aftersale_item_num: 0 },
    ],
  },
})

type Observed = Extract<Translation, { type: 'observed' }>

/** The Douyin connector with one facet changed. */
const withChangedFacets = (change: (translation: Observed) => Partial<Observed['report']['facets']>) => ({
  ...douyin,
  connector: {
    ...douyin.connector,
    inbound: {
      ...douyin.connector.inbound,
      translate: (message: Parameters<Connector['inbound']['translate']>[0]) => {
        const translation = douyin.connector.inbound.translate(message)
        if (translation.type !== 'observed') return translation
        return {
          ...translation,
          report: { ...translation.report, facets: { ...translation.report.facets, ...change(translation) } },
        }
      },
    },
  },
})

describe('the conformance check of every translated field (fault E6)', () => {
  it('reports no fault for a correct translation', () => {
    expect(checkFile(row, douyin)).toMatchObject({ verdict: 'observed', faults: [], quarantined: 0 })
  })

  it.each<[string, Parameters<typeof withChangedFacets>[0], string]>([
    ['an amount', () => ({ amounts: { total: 1, legs: {} } }), 'amount 2900 fen is translated as 1'],
    [
      'a quantity',
      () => ({
        order: { orderNumber: '6912345678901234561', lines: [{ lineId: '6912345678901234561', quantity: 9 }] },
      }),
      'quantities 3 are translated as 9',
    ],
    ['a deadline', () => ({ deadline: { due: 1, forRaw: '11' } }), 'deadline 1772884800000 is translated as 1'],
    [
      'goods',
      () => ({ goods: { stage: 'delivered', parcels: [] } }),
      'the parcel that comes back is translated as delivered',
    ],
    ['a flag', () => ({ flags: [] }), 'auto_audit_bits 7 is in no flag'],
  ])('reports %s that differs from the message', (_, change, fault) => {
    expect(checkFile(row, withChangedFacets(change)).faults).toEqual([fault])
  })

  it('reports a refund for a kind of case that moves no money', () => {
    const exchange = row.replace('"aftersale_type":0', '"aftersale_type":3')
    expect(
      checkFile(
        exchange,
        withChangedFacets(() => ({ money: { stage: 'refunded' } })),
      ).faults,
    ).toEqual(['type 3 moves no money and is translated as refunded'])
  })

  it('counts an unintelligible message with a sound reason as quarantined, not as a fault', () => {
    const detail =
      '{"data":{"process_info":{"after_sale_info":{"after_sale_id":1,"after_sale_status":6,"after_sale_type":0}}}}'
    expect(checkFile(detail, douyin)).toMatchObject({ verdict: 'unintelligible', faults: [], quarantined: 1 })
    const money = '{"id":1,"order_sn":"o","after_sales_status":2,"after_sales_type":1,"refund_amount":"8.00"}'
    expect(checkFile(money, pinduoduo)).toMatchObject({ verdict: 'unintelligible', faults: [], quarantined: 1 })
  })

  it('names the answer of the deprecated list operation as such', () => {
    const old = '{"data":{"list":[{"order_id":"1","final_status":6}],"total":1},"err_no":0}'
    expect(checkFile(old, douyin).summary).toContain('the old list')
    const answer = '{"data":{"items":[{"aftersale_id":1,"status_code":0}]},"err_no":0}'
    expect(checkFile(answer, douyin).summary).toBe('an answer to an action')
  })

  it('ignores a byte order mark before a file (fault A19)', () => {
    expect(checkFile(`\ufeff${row}`, douyin)).toEqual(checkFile(row, douyin))
  })

  it('compares only the members that an expectation names', () => {
    const expected = { type: 'observed', report: { facets: { goods: { stage: 'returning' }, dispute: null } } }
    expect(checkFile(row, douyin, expected).faults).toEqual([])
    const other = { report: { facets: { goods: { stage: 'delivered' }, order: { lines: [] } } } }
    expect(checkFile(row, douyin, other).faults).toEqual([
      'report.facets.goods.stage: "returning", expected "delivered"',
      expect.stringMatching(/^report\.facets\.order\.lines: .*, expected 0 elements$/),
    ])
    expect(checkFile(row, douyin, [{}, {}]).faults).toEqual(['1 messages, expected 2'])
    expect(differencesFromExpected({ a: null }, { a: 1 })).toEqual(['a: 1, expected nothing'])
  })
})
