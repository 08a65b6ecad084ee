import { offPlatformIn } from './off-platform'
import { fill, valuesOf } from './template'
import { TEMPLATES, type TemplateName } from './templates'
import { DEFAULT_OUTGOING } from './terms'

const names = Object.keys(TEMPLATES) as TemplateName[]
const sampleValuesFor = (name: TemplateName): Record<string, string> =>
  Object.fromEntries(valuesOf(TEMPLATES[name]).map((value) => [value, '某某']))

describe('a text that is filled', () => {
  it('R174: contains the given values, and nothing else', () => {
    expect(fill(TEMPLATES.lessRefund, { cause: '商品有使用痕迹', amount: '80.00' })).toEqual({
      type: 'filled',
      text: '亲，因商品有使用痕迹，我们建议的退款金额为80.00元。如您同意，请在售后单内修改退款金额后重新提交，我们会尽快处理。',
    })
  })

  it.each([
    ['nothing is given', {}, ['cause', 'amount']],
    ['one is left out', { cause: '折旧' }, ['amount']],
    ['one is blank', { cause: '折旧', amount: ' ' }, ['amount']],
    ['a name comes from elsewhere', { cause: '折旧', toString: 'x' }, ['amount']],
  ])('R174: is refused where %s', (_, values, missing) => {
    expect(fill(TEMPLATES.lessRefund, values)).toEqual({ type: 'missing', values: missing })
  })

  it('takes what a person typed as it is', () => {
    expect(fill({ body: '{a}和{b}' }, { a: '{b}$&', b: '乙' })).toEqual({ type: 'filled', text: '{b}$&和乙' })
  })
})

describe('R009, R010, R019, R021, R051, R087, R093, R095, R096, R100: every text that is ready to be sent', () => {
  it.each(names)('%s is fillable, clean, and names its rules', (name) => {
    const template = TEMPLATES[name]
    const filled = fill(template, sampleValuesFor(name))
    const text = filled.type === 'filled' ? filled.text : ''
    expect(text).not.toMatch(/[{}]/)
    expect(text).toMatch(/\p{Script=Han}/u)
    expect(offPlatformIn(text, DEFAULT_OUTGOING)).toEqual([])
    expect(template.rules.length).toBeGreaterThan(0)
    expect([template.title.zh, template.title.en].every((title) => title.trim() === title && title !== '')).toBe(true)
  })

  it.each([
    ['R002: that a parcel being intercepted need not be refused', TEMPLATES.interception, '无需拒收'],
    ['R009: how a parcel is refused', TEMPLATES.howToRefuse, '这个快递不要了，我要拒收'],
    [
      'R010: that the money comes when the parcel is on its way back',
      TEMPLATES.refundAfterRefusal,
      '物流显示退回信息之后',
    ],
    ['R054: what the buyer should show', TEMPLATES.evidenceInvitation, '照片或视频'],
    ['R063: where not to send it', TEMPLATES.returnAddress, '不要寄到包裹上的地址'],
    ['R086: that the freight is paid back', TEMPLATES.returnFreight, '小额打款'],
    ['R110: what else to do while a group forms', TEMPLATES.groupWaits, '平台客服'],
    ['R114: that holidays delay the money', TEMPLATES.refundOnItsWay, '法定节假日'],
    ['R131: that the platform sets the allowance', TEMPLATES.allowance, '以平台核算为准'],
  ])('says %s', (_, { body }, words) => expect(body).toContain(words))

  it('R096, R172: no text asks a buyer to change the reason', () => {
    for (const name of names) expect(TEMPLATES[name].body).not.toMatch(/(修改|更换|改)[^，。]{0,6}(原因|理由)/)
  })
})
