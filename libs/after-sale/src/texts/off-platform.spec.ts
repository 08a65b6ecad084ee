import { offPlatformIn, OFF_PLATFORM } from './off-platform'
import { DEFAULT_OUTGOING } from './terms'

const terms = { ...DEFAULT_OUTGOING, otherPlatforms: [...DEFAULT_OUTGOING.otherPlatforms, '隔壁商城', '1688'] }
const kinds = (text: string, known: readonly string[] = []): string[] => [
  ...new Set(offPlatformIn(text, terms, known).map(({ kind }) => kind)),
]

describe('R127: what a text to a buyer must not name', () => {
  it.each([
    ['加我微信聊', 'chat-account'],
    ['微 信：abc_2020', 'chat-account'],
    ['微.信', 'chat-account'],
    ['微❤信 联系', 'chat-account'],
    ['微🌟信', 'chat-account'],
    ['薇信同号', 'chat-account'],
    ['V信 aa123', 'chat-account'],
    ['Ｖ 信', 'chat-account'],
    ['ⓥⓧ：abc', 'chat-account'],
    ['vx: lili', 'chat-account'],
    ['V X lili', 'chat-account'],
    ['vx13800138000', 'chat-account'],
    ['加v abc123', 'chat-account'],
    ['+v 聊', 'chat-account'],
    ['加微abc123', 'chat-account'],
    ['卫星号 abc', 'chat-account'],
    ['QQ：12345678', 'chat-account'],
    ['qq 12345678', 'chat-account'],
    ['qq12345678', 'chat-account'],
    ['扣扣 1234567', 'chat-account'],
    ['WeChat me', 'chat-account'],
    ['w.e.c.h.a.t', 'chat-account'],
    ['关注公众号领券', 'chat-account'],
    ['来淘宝买更便宜', 'other-platform'],
    ['淘 宝', 'other-platform'],
    ['Tao-bao', 'other-platform'],
    ['隔壁商城同款', 'other-platform'],
    ['1688 有', 'other-platform'],
    ['微信转账给你', 'chat-account'],
    ['支付宝转账', 'other-payment'],
    ['可以线下交易', 'other-payment'],
    ['电话13800138000', 'contact-number'],
    ['138-0013-8000', 'contact-number'],
    ['138 0013-8000', 'contact-number'],
    ['1 3 8 0 0 1 3 8 0 0 0', 'contact-number'],
    ['１３８００１３８０００', 'contact-number'],
    ['一三八零零一三八零零零', 'contact-number'],
    ['1三8零0一3八0零0', 'contact-number'],
    ['①③⑧⓪⓪①③⑧⓪⓪⓪', 'contact-number'],
    ['+86 138 0013 8000', 'contact-number'],
    ['tel13800138000', 'contact-number'],
    ['021-53395288', 'contact-number'],
    ['400-8822-528', 'contact-number'],
    ['点 https://x.example/abc', 'link'],
    ['http://10.0.0.1/a', 'link'],
    ['www.shop-a.com', 'link'],
    ['ｗｗｗ．shop．com', 'link'],
    ['t.cn/A6x', 'link'],
    ['shop点com', 'link'],
  ])('%s: %s', (text, kind) => {
    expect(kinds(text)).toContain(kind)
    expect(OFF_PLATFORM[kind as keyof typeof OFF_PLATFORM].zh).not.toBe('')
  })

  it.each([
    '亲，您的退款已原路退回微信支付，请留意到账。',
    '微信付款的订单1-3分钟内到账，也可在微信零钱中查看。',
    '订单号220101-123456789012345，请核对。',
    '订单 2022010112345678901 已发货',
    '快递单号SF1390000000012，韵达4312345678901，中通75138001380001',
    '退回单号：YT13800138000',
    '国际件 VX123456789CN 已到',
    '货号 wx-200 和 QQ88 均有现货',
    '退款19.99元，15.9 2026-11-22 前到账',
    '2026-11-22 13:00 前处理，共2件，每件138.00元',
    '尺码 38 39 40 41 42 可换',
    '添加微量元素，加V8发动机图案的T恤',
    '京东快递已揽收，顺丰速运次日达',
    '看上去很威信、卫星图案的贴纸',
    '第1条、第2条、第3条；一、二、三、四',
    'rev x 版本 2.0.1，见图a.jpg、b.png',
    '请在平台内联系客服，我们会尽快处理。',
  ])('nothing is wrong with: %s', (text) => {
    expect(offPlatformIn(text, terms)).toEqual([])
  })

  it('the numbers of the case itself are no contact numbers, whatever they look like; other numbers are', () => {
    const known = ['13912345678', '146701382803677771']
    expect(kinds('包裹13912345678已退回，售后146701382803677771', known)).toEqual([])
    expect(kinds('包裹13912345678，请打13812345678', known)).toEqual(['contact-number'])
    expect(kinds('包裹13912345678已退回')).toEqual(['contact-number'])
  })

  it('a number behind the word for a parcel’s number is doubtful, not critical', () => {
    expect(offPlatformIn('退货单号13912345678', terms)).toMatchObject([{ severity: 'doubtful', piece: '13912345678' }])
    expect(offPlatformIn('打13912345678', terms)).toMatchObject([{ severity: 'critical' }])
  })

  it('what the store’s terms allow is no finding', () => {
    const own = { ...terms, allowedHosts: ['market.example.com'], allowedNumbers: ['4008822528'] }
    expect(offPlatformIn('见 https://help.market.example.com/a，致电400-8822-528', own)).toEqual([])
    expect(offPlatformIn('见 https://evil-market.example.com', own)).toHaveLength(1)
  })

  it('is found at its position', () => {
    const text = '亲，加 微-信 聊'
    expect(offPlatformIn(text, terms).map(({ piece }) => piece)).toContain('微-信')
  })

  it('R128: a finding says what it may cost', () => {
    expect(OFF_PLATFORM['other-platform'].zh).toContain('超过十万元')
    expect(OFF_PLATFORM['other-payment'].en).toContain('more than 100,000 yuan')
  })

  it('takes time in proportion to the text, however hostile', () => {
    // CPU time, so that a busy machine makes no difference.
    const cpuMs = (length: number): number => {
      const texts = ['1', '1 ', 'vx', 'v ', 'a.', '微 ', '.com', '一-', '1-1 '].map((unit) =>
        unit.repeat(length / unit.length),
      )
      const started = process.cpuUsage()
      for (const text of texts) offPlatformIn(text, terms, ['11111111', '12345678'])
      return process.cpuUsage(started).user / 1_000
    }
    cpuMs(10_000)
    expect(cpuMs(100_000)).toBeLessThan(3_000)
  })
})
