import { REFUND_ONLY_IN_DETAIL } from './amounts'
import { translate } from './translate'
import {
  CASE_NUMBER,
  contentOf,
  detailOf,
  LINE_NUMBER,
  ORDER_NUMBER,
  pushOf,
  RECEIVED_AT,
  rowOf,
  storedMessage,
  UPDATED_AT,
} from '../samples/messages'

const stamp = { revision: UPDATED_AT, observedAt: RECEIVED_AT }
const about = { caseNumber: String(CASE_NUMBER), orderNumber: String(ORDER_NUMBER) }
const APPLIED_AT = 1772700000_000
const out = { direction: 'out', tracking: 'YT7700112233', carrier: '圆通速递' }

const push = (tag: string, fields = {}) => translate(storedMessage('push', pushOf(tag, fields)))
const row = (...parts: Parameters<typeof rowOf>) => translate(storedMessage('list', rowOf(...parts)))
const detail = (...parts: Parameters<typeof detailOf>) => translate(storedMessage('detail', detailOf(...parts)))
const facetsOf = (translation: ReturnType<typeof translate>) =>
  translation.type === 'observed' ? translation.report.facets : undefined

describe('a push of Douyin', () => {
  it('reports a new application like list and detail', () => {
    expect(push('200', { apply_time: 1772700000 })).toEqual({
      type: 'observed',
      shop: '10437001',
      case: about,
      report: {
        stamp,
        appliedAt: APPLIED_AT,
        facets: {
          status: { status: 'awaiting-merchant-decision', raw: '6' },
          kind: { kind: 'return-and-refund' },
          amounts: { total: 8900, legs: { GOODS: 8000, FREIGHT: 900 } },
          reasonCode: { code: '15' },
          money: { stage: 'asked' },
        },
      },
      alsoRead: 'pushes have no deadline',
    })
  })

  it('reports what changed in a later step, and does not replace texts that were read by bare numbers', () => {
    expect(facetsOf(push('202', { aftersale_status: 7 }))).toEqual({
      status: { status: 'awaiting-buyer-return', raw: '7' },
      kind: { kind: 'return-and-refund' },
      amounts: { total: 8900, legs: { GOODS: 8000, FREIGHT: 900 } },
    })
  })

  it('reports the new reason of a changed application', () => {
    expect(facetsOf(push('208', { reason_code: 78 }))?.reasonCode).toEqual({ code: '78' })
  })

  it('reports a refund as under way at the agreement, and as paid at the success', () => {
    expect(facetsOf(push('201', { aftersale_status: 12 }))).toMatchObject({
      status: { status: 'refunding', raw: '12' },
      money: { stage: 'refunding' },
    })
    expect(push('206', { aftersale_status: 12, aftersale_type: 1 })).toMatchObject({
      report: {
        facets: { status: { status: 'succeeded', outcome: 'refunded', raw: '12' }, money: { stage: 'refunded' } },
      },
    })
  })

  it('R148: of a paid return and refund does not report whose money it was, so the case is read', () => {
    const paid = push('206', { aftersale_status: 12 })
    expect(facetsOf(paid)).not.toHaveProperty('money')
    expect(paid).toMatchObject({ alsoRead: REFUND_ONLY_IN_DETAIL, readWhenOver: true })
    const observed = push('206', { aftersale_status: 12, real_refund_amount: 8900 })
    expect(observed).toMatchObject({ alsoRead: 'pushes do not report whose money it was', readWhenOver: true })
  })

  it('asks for the whole case until the case is over and what was refunded is known', () => {
    expect(push('207', { aftersale_status: 28 })).not.toHaveProperty('alsoRead')
    expect(push('201', { aftersale_status: 12 })).toHaveProperty('alsoRead')
    expect(push('206', { aftersale_status: 12 })).toHaveProperty('alsoRead', REFUND_ONLY_IN_DETAIL)
    const paid = { aftersale_status: 12, aftersale_type: 1, real_refund_amount: 8900 }
    expect(push('206', paid)).not.toHaveProperty('alsoRead')
  })

  it('keeps freight out of the legs where it is missing or makes no sense', () => {
    expect(facetsOf(push('201', { refund_post_amount: undefined }))?.amounts).toEqual({ total: 8900, legs: {} })
    expect(facetsOf(push('201', { refund_post_amount: 9000 }))?.amounts).toEqual({ total: 8900, legs: {} })
    expect(facetsOf(push('201', { refund_amount: -1 }))).not.toHaveProperty('amounts')
  })

  it('reports neither kind nor end of a repair, which may be a replacement', () => {
    expect(facetsOf(push('202', { aftersale_type: 8 }))).not.toHaveProperty('kind')
    expect(facetsOf(push('200', { aftersale_type: 8 }))).not.toHaveProperty('kind')
    const ended = push('206', { aftersale_type: 8, aftersale_status: 14 })
    expect(facetsOf(ended)).not.toHaveProperty('status')
    expect(ended).toHaveProperty('alsoRead')
  })

  it('is understood by its fields where a relay forwards it without its tag', () => {
    const bare = (fields: Parameters<typeof contentOf>[0]) => translate(storedMessage('push', contentOf(fields)))
    expect(facetsOf(bare({ aftersale_status: 12, success_time: 1772712000 }))?.status?.outcome).toBe('refunded')
    expect(facetsOf(bare({ aftersale_status: 12, agree_time: 1772712000 }))?.status?.status).toBe('refunding')
    expect(facetsOf(bare({ apply_time: 1772700000 }))?.money).toEqual({ stage: 'asked' })
  })

  it('is not understood without its content', () => {
    expect(translate(storedMessage('push', '{"tag":"200","msg_id":"1","data":""}')).type).toBe('unintelligible')
    expect(push('200', { aftersale_id: undefined })).toEqual({
      type: 'unintelligible',
      why: 'tag 200: no aftersale_id',
    })
  })
})

describe('a row of Douyin’s list', () => {
  it('reports nearly the whole case', () => {
    expect(row()).toEqual({
      type: 'observed',
      shop: undefined,
      case: about,
      report: {
        stamp,
        appliedAt: APPLIED_AT,
        facets: {
          status: { status: 'awaiting-merchant-decision', raw: '6' },
          kind: { kind: 'return-and-refund' },
          amounts: { total: 8900, legs: { GOODS: 8000, FREIGHT: 900 } },
          reason: { text: '颜色与描述不符' },
          deadline: { due: 1772884800_000, forRaw: '6' },
          order: {
            orderNumber: String(ORDER_NUMBER),
            lines: [
              {
                lineId: String(LINE_NUMBER),
                title: '搪瓷水壶 1.5L',
                sku: 'KETTLE-15-BLUE',
                quantity: 2,
                paid: 8900,
                freight: 900,
              },
            ],
          },
          goods: { stage: 'in-transit', parcels: [out] },
          money: { stage: 'asked' },
          dispute: { stage: 'none' },
          flags: ['seven-day-return'],
        },
      },
    })
  })

  it('reports when no deadline runs', () => {
    expect(facetsOf(row({ status_deadline: 0 }))?.deadline).toEqual({ due: null, forRaw: '6' })
    expect(facetsOf(row({ status_deadline: undefined }))).not.toHaveProperty('deadline')
  })

  it('shows where the goods are', () => {
    const stage = (...parts: Parameters<typeof rowOf>) => facetsOf(row(...parts))?.goods?.stage
    expect(stage({ got_pkg: 1 })).toBe('delivered')
    expect(stage({ aftersale_type: 2 })).toBe('not-shipped')
    expect(stage({}, {}, { order_status: 2 })).toBe('not-shipped')
    expect(stage({}, {}, { order_status: 5 })).toBe('delivered')
    expect(stage({}, {}, { order_status: 4 })).toBe('unknown')
    expect(stage({ aftersale_status: 11 })).toBe('returning')
    expect(
      facetsOf(row({ return_logistics_code: 'SF998877', return_logistics_company_name: '顺丰速运' }))?.goods,
    ).toEqual({
      stage: 'returning',
      parcels: [out, { direction: 'back', tracking: 'SF998877', carrier: '顺丰速运' }],
    })
  })

  it('shows money that the platform has advanced', () => {
    const money = (fields: object) => facetsOf(row({ aftersale_refund_type: 5, ...fields }))?.money
    expect(money({ refund_status: 3 })).toEqual({ stage: 'advanced', payer: 'platform' })
    expect(money({ refund_status: 2 })).toEqual({ stage: 'refunding', payer: 'platform' })
    expect(money({ refund_status: 5 })).toEqual({ stage: 'recovered', payer: 'platform' })
    expect(facetsOf(row({ refund_status: 3, aftersale_status: 12 }))?.money).toEqual({ stage: 'refunded' })
    expect(facetsOf(row({ refund_status: 1, aftersale_status: 28 }))?.money).toEqual({ stage: 'none' })
    expect(facetsOf(row({ refund_status: 0, aftersale_type: 3 }))?.money).toEqual({ stage: 'none' })
    expect(facetsOf(row({ refund_status: 3, aftersale_status: 7 }))?.money).toEqual({ stage: 'refunded' })
  })

  it('carries the marks of the platform, sorted', () => {
    const bits = { auto_audit_bits: [7, 3], part_type: 1, is_agree_refuse_sign: 1 }
    expect(facetsOf(row(bits))?.flags).toEqual([
      'assistant:return-agreed',
      'auto-audit:3',
      'auto-audit:7',
      'part',
      'refusal-sign:1',
      'seven-day-return',
      'speed-refund',
    ])
    expect(facetsOf(row({ refund_type: 4 }, {}, { tags: [] }))?.flags).toEqual(['lightning-return'])
    expect(facetsOf(row({ auto_audit_bits: undefined }))).not.toHaveProperty('flags')
  })

  it.each([1, 3, 21, 27])('automatic decision %i is a fast refund', (bit) => {
    expect(facetsOf(row({ auto_audit_bits: [bit] }))?.flags).toContain('speed-refund')
    expect(facetsOf(row({ auto_audit_bits: [bit + 50] }))?.flags).not.toContain('speed-refund')
  })

  it('causes a read where it has no version, and is not understood where it has no number', () => {
    expect(row({ update_time: 0 })).toMatchObject({ type: 'must-read', case: about })
    expect(row({ aftersale_id: '' }).type).toBe('unintelligible')
  })
})

describe('a detail of Douyin', () => {
  it('reports the same case alike to the list', () => {
    expect(facetsOf(detail())).toEqual({
      ...facetsOf(row()),
      reason: { text: '颜色与描述不符' },
      reasonCode: { code: '15' },
      dispute: undefined,
      flags: undefined,
    })
  })

  it('reports the parcels of a replacement and of the return', () => {
    const logistics = {
      exchange: { tracking_no: 'ZT5', company_name: '中通快递' },
      return: { tracking_no: 'SF9', company_name: '顺丰速运' },
    }
    expect(facetsOf(detail({}, null, logistics))?.goods).toEqual({
      stage: 'returning',
      parcels: [
        out,
        { direction: 'out', tracking: 'ZT5', carrier: '中通快递' },
        { direction: 'back', tracking: 'SF9', carrier: '顺丰速运' },
      ],
    })
  })

  it('reports a buyer only where name and phone are in clear', () => {
    const clear = detail({ post_receiver: '陈晓明', post_tel_sec: '13800001234' })
    expect(clear).toMatchObject({ buyer: { name: '陈晓明', phone: '13800001234' } })
    expect(JSON.stringify(facetsOf(clear))).not.toMatch(/陈晓明|13800001234/)
    for (const hidden of ['#nEQ7#rP0aWc==', '~w1f3~CQ==~0~', '$Mx4b$2p$', '陈*明', '138****1234', 'rP0aWcD9x81=', ''])
      expect(detail({ post_receiver: hidden, post_tel_sec: hidden })).not.toHaveProperty('buyer')
  })

  it('is not understood without a version, since it cannot be ordered', () => {
    expect(detail({ update_time: 0 }).type).toBe('unintelligible')
  })
})
