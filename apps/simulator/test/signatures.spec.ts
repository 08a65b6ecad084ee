import { eventSign, signatureOf as douyinSignature } from '../src/douyin/signature'
import { messageDigest, signatureOf as pinduoduoSignature } from '../src/pinduoduo/signature'

describe('signatures, against values computed with other tools', () => {
  it("reproduce Pinduoduo's own published example", () => {
    const params = {
      type: 'pdd.order.number.list.get',
      client_id: '1',
      page: '1',
      page_size: '10',
      data_type: 'XML',
      timestamp: '1480411125',
      order_status: '1',
      access_token: 'asd78172s8ds9a921j9qqwda12312w1w21211',
      sign: 'not part of what is signed',
    }
    expect(pinduoduoSignature(params, 'testSecret')).toBe('E4DE3ED21002510DED352819E7AE6775')
  })

  it('match for a Pinduoduo detail call', () => {
    const params = {
      type: 'pdd.refund.information.get',
      client_id: 'app-1',
      timestamp: '1767225600',
      data_type: 'JSON',
      version: 'V1',
      access_token: 't-9',
      order_sn: '260101-000000000000001',
      after_sales_id: '4455667788',
    }
    expect(pinduoduoSignature(params, 's3cret-of-the-mall')).toBe('1412F632FBC16429838A4D25C271CA13')
  })

  it('encode the digest in the message URL as base64 over the hex text', () => {
    expect(messageDigest('app-1', '1767225600123', 's3cret-of-the-mall')).toBe(
      'OGE3YjI0MDEyMjIxZDFhOWZjMzEzMzczN2I1YWNiNzc=',
    )
  })

  it('match for Douyin v2, HMAC-SHA256 and MD5, with angle brackets and ampersand unescaped', () => {
    const parts = {
      appKey: '7100000000000000009',
      method: 'afterSale.Detail',
      paramJson: '{"after_sale_id":"7000893114000949517","note":"<退&换>"}',
      timestamp: '2026-01-01 08:00:00',
    }
    expect(douyinSignature(parts, 'dy-secret', 'hmac-sha256')).toBe(
      '6748c0590cb951d8da82dd468b02d4cb6176683cddbb0811970fb80760e4150a',
    )
    expect(douyinSignature(parts, 'dy-secret', 'md5')).toBe('fa3337d9855c73e3251a5f268aa3b52c')
  })

  it('cover the raw body in the event-sign of a push', () => {
    const body = '[{"tag":"206","msg_id":"m-1","data":"{\\"aftersale_id\\":7000893114000949517}"}]'
    expect(eventSign('7100000000000000009', body, 'dy-secret')).toBe('5203bb8baef6ce2f949e96f360432e65')
  })
})
