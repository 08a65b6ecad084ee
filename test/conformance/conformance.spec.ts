import type { Connector, Translation } from '#connectors'
import { connectorOf } from '#connectors'
import { checkFile } from './check-file'
import { DOUYIN, PINDUODUO } from './official-codes'
import { recogniseDouyin } from './recognise-douyin'
import { recognisePinduoduo } from './recognise-pinduoduo'

const connectorNamed = (marketplace: string): Connector => connectorOf(marketplace) as Connector
const douyin = { connector: connectorNamed('douyin'), recognise: recogniseDouyin, codes: DOUYIN }
const pinduoduo = { connector: connectorNamed('pinduoduo'), recognise: recognisePinduoduo, codes: PINDUODUO }

/** The Douyin connector with a fixed translation for every message. */
const withTranslation = (translate: () => Translation) => ({
  ...douyin,
  connector: { ...douyin.connector, inbound: { ...douyin.connector.inbound, translate } },
})

const content =
  '{"aftersale_id":7012345678901234567,"aftersale_status":6,"aftersale_type":2,"p_id":6912345678901234561,' +
  '"shop_id":10437001,"refund_amount":8900,"refund_post_amount":0,"update_time":"2026-03-05T20:00:00+08:00"}'
const body = JSON.stringify([{ tag: '200', msg_id: 'm-1', data: content }])

describe('checkFile, the conformance check of one file', () => {
  it.each([
    ['a signed body', body, 'observed'],
    ['a body of two', body.replace(']', `,{"tag":"101","msg_id":"m-2","data":"{}"}]`), '1 observed, 1 irrelevant'],
    ['content without its frame', content, 'observed'],
    ['a message as documentation prints it', `{"tag":200,"msgId":"m","data":${content}}`, 'observed'],
    ['a test push', '[{"tag":"0","msg_id":"p","data":""}]', 'irrelevant'],
    ['a moved deadline', `[{"tag":"209","msg_id":"m","data":${JSON.stringify(content)}}]`, 'must read'],
    ['a request', '{"aftersale_id":"1","remark":"x"}', 'irrelevant'],
    ['an answer to an action', '{"data":{"items":[{"aftersale_id":1,"status_code":0}]},"err_no":0}', 'irrelevant'],
    ['an empty list', '{"code":10000,"data":{"items":[],"total":0}}', 'irrelevant'],
    ['an unknown status', content.replace('_status":6', '_status":99'), 'unintelligible'],
    ['something that is not JSON', '<html>', 'unintelligible'],
  ])('recognises %s of Douyin, and finds no fault', (_, text, verdict) => {
    expect(checkFile(text, douyin)).toMatchObject({ verdict, faults: [] })
  })

  it.each([
    [
      'a frame',
      '{"id":7,"commandType":"Common","message":{"type":"pdd_refund_RefundCreated","mallID":1,"content":"{\\"refund_id\\":408780011}"}}',
      'must read',
    ],
    ['a heartbeat', '{"commandType":"HeartBeat","time":0}', 'irrelevant'],
    ['an error', '{"error_response":{"error_code":10019,"error_msg":"x"}}', 'irrelevant'],
    ['a request', '{"type":"pdd.refund.list.increment.get","client_id":"1","sign":"X"}', 'irrelevant'],
  ])('recognises %s of Pinduoduo, and finds no fault', (_, text, verdict) => {
    expect(checkFile(text, pinduoduo)).toMatchObject({ verdict, faults: [] })
  })

  it('describes what was observed', () => {
    expect(checkFile(body, douyin).summary).toBe(
      'push: case 7012345678901234567 · awaiting-merchant-decision (6) · refund-only/unshipped · ¥89.00 incl. freight ¥0.00' +
        ' · money asked · order 6912345678901234561 · revision 2026-03-05T12:00:00.000Z · also read',
    )
  })

  it('reports an id whose digits changed in the translation', () => {
    const rounded: Translation = {
      type: 'must-read',
      shop: undefined,
      case: { caseNumber: '7012345678901234000' },
      why: '',
    }
    expect(
      checkFile(
        body,
        withTranslation(() => rounded),
      ).faults,
    ).toEqual([
      'id 7012345678901234000 does not occur in the message',
      'the case is 7012345678901234567 and was taken for 7012345678901234000',
    ])
  })

  it('reports a documented code that the connector does not map', () => {
    const lost = withTranslation(() => ({ type: 'unintelligible', why: 'no idea' }))
    expect(checkFile(body, lost).faults).toEqual(['status 6 and type 2 are official, yet: no idea'])
    const empty: Translation = {
      type: 'observed',
      shop: undefined,
      case: { caseNumber: '7012345678901234567' },
      report: { stamp: { revision: 0, observedAt: 0 }, facets: {} },
    }
    expect(
      checkFile(
        body,
        withTranslation(() => empty),
      ).faults,
    ).toEqual(['status 6 is mapped to nothing', 'type 2 is mapped to nothing'])
  })

  it('reports a translation that throws', () => {
    const thrown = withTranslation(() => {
      throw new RangeError('too deep')
    })
    expect(checkFile(body, thrown)).toMatchObject({ verdict: 'thrown', faults: ['threw RangeError: too deep'] })
  })
})
