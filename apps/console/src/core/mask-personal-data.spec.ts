import { isPersonal, maskPersonalData, maskPhones } from './mask-personal-data'

const NAME = '欧阳金丝雀'
const PHONE = '13912345678'
const STREET = '浙江省杭州市金丝雀路1号'

const maskedJson = (value: unknown): string => maskPersonalData(JSON.stringify(value))

/** The same JSON with every character outside of ASCII as `\uXXXX`, as some marketplaces send it. */
const escapeLetters = (json: string): string =>
  json.replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)

function expectNothingPersonal(json: string): void {
  const decoded = JSON.stringify(JSON.parse(json))
  expect(decoded).not.toContain('金丝雀')
  expect(decoded).not.toContain(PHONE)
}

const PERSONAL_MESSAGES: [string, object][] = [
  ['in snake case keys', { receiver_name: NAME, receiver_phone: PHONE, receiver_address: STREET }],
  ['in camel case keys', { receiverName: NAME, buyerTel: PHONE, detailAddress: STREET }],
  ['nested under a person', { buyer: { a: NAME, b: [PHONE, { detail: STREET }] } }],
  [
    'in JSON inside of a string',
    { data: JSON.stringify({ post_receiver: NAME, mobile: PHONE, addr: { detail: STREET } }) },
  ],
  [
    'in JSON in JSON in JSON',
    { data: JSON.stringify({ data: JSON.stringify({ user_name: NAME, tel: PHONE, city: STREET }) }) },
  ],
  ['with the phone as a number of a personal key', { mobile: Number(PHONE), name: NAME, address: [STREET] }],
  ['in a person that is JSON in a string', { receiver: JSON.stringify({ x: NAME, y: PHONE, z: STREET }) }],
  ['in Chinese keys', { 收货人: NAME, 联系电话: PHONE, 收货地址: STREET }],
  ['with the phone in an English text', { name: NAME, text: `call ${PHONE}`, town: STREET }],
  ['with the phone in a Chinese text', { reason: `请联系 ${PHONE}，谢谢`, name: NAME, address: STREET }],
  ['with the phone as a number of any key', { something: Number(PHONE), contact: NAME, province: STREET }],
]

describe('maskPersonalData', () => {
  it.each(PERSONAL_MESSAGES)('masks name, phone and address %s', (_form, message) => {
    expectNothingPersonal(maskedJson(message))
  })

  it.each(PERSONAL_MESSAGES)('masks name, phone and address %s where the letters are escaped', (_form, message) => {
    expectNothingPersonal(maskPersonalData(escapeLetters(JSON.stringify(message))))
  })

  it('keeps everything that is not personal exactly: spaces, order, escapes, and each digit of an id', () => {
    const text =
      '{ "aftersale_id" : 7012345678901234567, "x": 1.50e1, "order_sn":"190228-355530178612389", "t": 1700000000, "s": "\\u00e9\\n", "ok": [true, null] }'
    expect(maskPersonalData(text)).toBe(text)
  })

  it('does not mask the name of a thing', () => {
    const text =
      '{"goods_name":"手机壳","shop_name":"一号店","express_company_name":"顺丰","sku":{"spec_name":"红"},"user_shipping_status":"已收到","receive_time":1}'
    expect(maskPersonalData(text)).toBe(text)
  })

  it('keeps the first character of a name, and the first three and last four digits of a phone', () => {
    expect(maskedJson({ name: '王小明', phone: PHONE })).toBe('{"name":"王**","phone":"139****5678"}')
  })

  it('masks the phones of a text that is not JSON, and keeps an empty one', () => {
    expect(maskPersonalData(`phone=${PHONE}`)).toBe('phone=139****5678')
    expect(maskPersonalData('')).toBe('')
  })

  it('masks the name in JSON that is cut inside of a string or an escape', () => {
    expect(maskPersonalData(`{"name":"${NAME}`)).not.toContain('金丝雀')
    expect(maskPersonalData(`{"name":"${NAME}","x":"\\`)).not.toContain('金丝雀')
  })

  it('returns JSON that is nested too deep for a parser as it is', () => {
    expect(maskPersonalData('['.repeat(100_000))).toBe('['.repeat(100_000))
  })

  it.each(['1', '13', '1 ', '\\', '"', '{"', '+86', 'name', '[{"a":"', '-', 'e'])(
    'masks thirty thousand characters of %j in less than a second',
    (piece) => {
      // Time of the processor, so that a busy machine makes no difference.
      const startUsage = process.cpuUsage()
      const text = piece.repeat(30_000 / piece.length)
      maskPersonalData(text)
      maskPersonalData(`{"name":"${text}"}`)
      maskPhones(text)
      isPersonal(text)
      expect(process.cpuUsage(startUsage).user / 1_000).toBeLessThan(1_000)
    },
  )
})
