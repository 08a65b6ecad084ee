import { paramJsonOf, signatureOf } from './sign'

/** The form of the official description with constants of our own; the digests were made with OpenSSL. */
const call = { appKey: '7311223344556677889', method: 'afterSale.List', timestamp: '1772712000' }
const secret = 'b1946ac9-2a4f'

describe('signing', () => {
  it('sorts keys at every level, keeps lists in order and escapes nothing for HTML', () => {
    const params = { size: 100, page: 0, nested: { b: [{ z: 1, a: '<&>' }, 2], a: null }, name: '水壶 "15"' }
    expect(paramJsonOf(params)).toBe(
      '{"name":"水壶 \\"15\\"","nested":{"a":null,"b":[{"a":"<&>","z":1},2]},"page":0,"size":100}',
    )
  })

  it('signs app key, method, parameters, time and version between the secret, and not the token', () => {
    const paramJson = paramJsonOf({
      update_start_time: 1772708400,
      order_by: ['update_time asc'],
      page: 0,
      note: '<a&b>中文',
    })
    expect(paramJson).toBe(
      '{"note":"<a&b>中文","order_by":["update_time asc"],"page":0,"update_start_time":1772708400}',
    )
    expect(signatureOf({ ...call, paramJson }, secret, 'hmac-sha256')).toBe(
      '0886cbe0407ddfa3d4bc28e6c5743600aab70087a00c915c5fa2dbe7c5a0a2ec',
    )
    expect(signatureOf({ ...call, paramJson }, secret, 'md5')).toBe('3e09f6e6456101455c1f0701738eff7d')
  })
})
