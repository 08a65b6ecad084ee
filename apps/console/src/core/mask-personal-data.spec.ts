import { isPersonal, maskPersonalData, maskPhones } from './mask-personal-data'

const NAME = '欧阳金丝雀'
const PHONE = '13912345678'
const STREET = '浙江省杭州市金丝雀路1号'

const shown = (value: unknown): string => maskPersonalData(JSON.stringify(value))

describe('a message as it is shown', () => {
  it.each([
    ['flat', { receiver_name: NAME, receiver_phone: PHONE, receiver_address: STREET }],
    ['in camel case', { receiverName: NAME, buyerTel: PHONE, detailAddress: STREET }],
    ['nested under a person', { buyer: { a: NAME, b: [PHONE, { detail: STREET }] } }],
    [
      'in JSON inside of a string',
      { data: JSON.stringify({ post_receiver: NAME, mobile: PHONE, addr: { detail: STREET } }) },
    ],
    [
      'in JSON in JSON in JSON',
      { data: JSON.stringify({ data: JSON.stringify({ user_name: NAME, tel: PHONE, city: STREET }) }) },
    ],
    ['as a number', { mobile: Number(PHONE), name: NAME, address: [STREET] }],
    ['in a person that is JSON in a string', { receiver: JSON.stringify({ x: NAME, y: PHONE, z: STREET }) }],
    ['with Chinese keys', { 收货人: NAME, 联系电话: PHONE, 收货地址: STREET }],
    ['with escaped letters', { name: NAME, text: `call ${PHONE}`, town: STREET }],
    ['the phone in running text', { reason: `请联系 ${PHONE}，谢谢`, name: NAME, address: STREET }],
    ['the phone as a whole number', { something: Number(PHONE), contact: NAME, province: STREET }],
  ])('shows no name, phone and address %s', (_form, value) => {
    for (const text of [
      shown(value),
      maskPersonalData(
        JSON.stringify(value).replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`),
      ),
    ]) {
      const read = JSON.stringify(JSON.parse(text))
      expect(read).not.toContain('金丝雀')
      expect(read).not.toContain(PHONE)
    }
  })

  it('keeps everything else to the letter: spaces, order, escapes, and each digit of an id', () => {
    const text =
      '{ "aftersale_id" : 7012345678901234567, "x": 1.50e1, "order_sn":"190228-355530178612389", "t": 1700000000, "s": "\\u00e9\\n", "ok": [true, null] }'
    expect(maskPersonalData(text)).toBe(text)
  })

  it('knows a thing by its name', () => {
    const text =
      '{"goods_name":"手机壳","shop_name":"一号店","express_company_name":"顺丰","sku":{"spec_name":"红"},"user_shipping_status":"已收到","receive_time":1}'
    expect(maskPersonalData(text)).toBe(text)
  })

  it('shows enough to recognise', () => {
    expect(shown({ name: '王小明', phone: PHONE })).toBe('{"name":"王**","phone":"139****5678"}')
  })

  it('survives what is no JSON, broken, or far too deep', () => {
    expect(maskPersonalData(`phone=${PHONE}`)).toBe('phone=139****5678')
    expect(maskPersonalData(`{"name":"${NAME}","x":"\\`)).not.toContain('金丝雀')
    expect(maskPersonalData(`{"name":"${NAME}`)).not.toContain('金丝雀')
    expect(maskPersonalData('['.repeat(100_000))).toBe('['.repeat(100_000))
    expect(maskPersonalData('')).toBe('')
  })

  it('takes no long time over thirty thousand characters of anything', () => {
    for (const piece of ['1', '13', '1 ', '\\', '"', '{"', '+86', 'name', '[{"a":"', '-', 'e']) {
      // Of the processor, so that a busy machine makes no difference.
      const began = process.cpuUsage()
      const text = piece.repeat(30_000 / piece.length)
      maskPersonalData(text)
      maskPersonalData(`{"name":"${text}"}`)
      maskPhones(text)
      isPersonal(text)
      expect(process.cpuUsage(began).user / 1_000).toBeLessThan(1_000)
    }
  })
})
