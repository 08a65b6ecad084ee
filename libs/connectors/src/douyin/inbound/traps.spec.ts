/** Known traps of Douyin's API, each with its number. */
import { parseExact } from '../../contract'
import { inbound } from '.'
import { manifest } from '../manifest'
import { interpretEnvelope } from '../outbound/errors'
import {
  APP_CREDENTIALS,
  CASE_NUMBER,
  contentOf,
  detailOf,
  pushOf,
  RECEIVED_AT,
  rowOf,
  signDelivery,
  storedMessage,
  UPDATED_AT,
  stringifyExact,
} from '../samples/messages'
import { translate } from './translate'

const push = (tag: string, fields = {}) => translate(storedMessage('push', pushOf(tag, fields)))
const row = (...parts: Parameters<typeof rowOf>) => translate(storedMessage('list', rowOf(...parts)))
const detail = (...parts: Parameters<typeof detailOf>) => translate(storedMessage('detail', detailOf(...parts)))
const statusOf = (translation: ReturnType<typeof translate>) =>
  translation.type === 'observed' ? translation.report.facets.status : translation
const facetsOf = (translation: ReturnType<typeof translate>) =>
  translation.type === 'observed' ? translation.report.facets : undefined

describe('traps of Douyin', () => {
  it('ids beyond 2^53 come as bare numbers and keep every digit', () => {
    expect(pushOf('200')).toContain('\\"aftersale_id\\":7012345678901234567,')
    expect(detailOf()).toContain('"after_sale_id":7012345678901234567,')
    for (const translation of [push('200'), row(), detail()]) {
      expect(translation).toMatchObject({
        case: { caseNumber: '7012345678901234567', orderNumber: '6912345678901234561' },
      })
    }
    for (const translation of [row(), detail()])
      expect(facetsOf(translation)?.order?.lines[0]?.lineId).toBe('6912345678901234562')
  })

  it('data is JSON in a text inside JSON, and the signature is over the raw bytes before any parsing', () => {
    const body = `[ ${pushOf('200', { note: '中文 <a&b>' }, 'm-1')} ]\n`
    const receipt = inbound.receive(signDelivery(body), APP_CREDENTIALS)
    expect(receipt).toEqual({
      type: 'accepted',
      messages: [
        {
          channel: 'push',
          key: expect.stringMatching(/^m-1:[0-9a-f]{64}$/) as string,
          shop: '10437001',
          raw: pushOf('200', { note: '中文 <a&b>' }, 'm-1'),
        },
      ],
      answer: { status: 200, body: '{"code":0,"msg":"success"}' },
    })
    const encodedAnew = Buffer.from(JSON.stringify(parseExact(body)))
    expect(inbound.receive({ ...signDelivery(body), body: encodedAnew }, APP_CREDENTIALS).type).toBe('forged')
    const notJson = inbound.receive(signDelivery('not JSON at all'), APP_CREDENTIALS)
    expect(notJson).toMatchObject({ type: 'accepted', messages: [{ raw: 'not JSON at all', shop: undefined }] })
  })

  it('one thing is spelt in several ways', () => {
    const resend = stringifyExact({
      tag: '227',
      msg_id: 'm',
      data: contentOf({ aftersale_status: undefined, after_sale_status: 8 }),
    })
    expect(statusOf(translate(storedMessage('push', resend)))).toEqual({
      status: 'awaiting-merchant-shipment',
      raw: '8',
    })
    expect(row()).toMatchObject({ case: { caseNumber: String(CASE_NUMBER) } })
    expect(detail()).toMatchObject({ case: { caseNumber: String(CASE_NUMBER) } })
    expect(push('211', { apply_time: 1772712000 })).toMatchObject({ type: 'observed' })
    // Of 211 the time is that of the confirmation, not of the application.
    expect(push('211', { apply_time: 1772712000 })).not.toHaveProperty('report.appliedAt')
  })

  it('update_time is text in pushes and seconds elsewhere; messages without it cause a read', () => {
    for (const translation of [push('200'), row(), detail()])
      expect(translation).toMatchObject({ report: { stamp: { revision: UPDATED_AT, observedAt: RECEIVED_AT } } })
    for (const tag of ['209', '212', '213', '214', '215', '216', '217', '218', '224', '225'])
      expect(push(tag, { update_time: undefined })).toMatchObject({ type: 'must-read', shop: '10437001' })
    expect(push('206', { update_time: undefined })).toMatchObject({ type: 'must-read' })
    expect(push('206', { update_time: 'yesterday' })).toMatchObject({ type: 'must-read' })
  })

  it('3 is 13, and final times and refunds decide what an ended case is', () => {
    expect(statusOf(row({ aftersale_status: 3 }))).toEqual({ status: 'awaiting-buyer-receipt', raw: '3' })
    expect(statusOf(row({ aftersale_status: 13 }))).toEqual({ status: 'awaiting-buyer-receipt', raw: '13' })
    expect(statusOf(row({ aftersale_status: 51 }))).toEqual({ status: 'closed', outcome: 'cancelled', raw: '51' })
    expect(statusOf(row({ aftersale_status: 53 }))).toEqual({ status: 'succeeded', outcome: 'done', raw: '53' })
    expect(statusOf(row({ aftersale_status: 28 }))).toEqual({ status: 'closed', outcome: 'failed', raw: '28' })
    const agreed = { aftersale_status: 12 }
    expect(statusOf(row({ ...agreed, refund_status: 1 }))).toEqual({ status: 'refunding', raw: '12' })
    expect(statusOf(row({ ...agreed, refund_status: 2 }))).toEqual({ status: 'refunding', raw: '12' })
    expect(statusOf(row({ ...agreed, refund_status: 4 }))).toEqual({ status: 'refunding', raw: '12' })
    expect(statusOf(row({ ...agreed, refund_status: 3 }))).toEqual({
      status: 'succeeded',
      outcome: 'refunded',
      raw: '12',
    })
    const over = { ...agreed, aftersale_status_to_final_time: 1772712000 }
    expect(statusOf(row({ ...over, refund_status: 0 }))).toEqual({
      status: 'succeeded',
      outcome: 'refunded',
      raw: '12',
    })
    expect(statusOf(row({ ...over, refund_status: 4 }))).toEqual({ status: 'closed', outcome: 'failed', raw: '12' })
    const done = (type: number, subType = 0) =>
      statusOf(row({ aftersale_status: 14, aftersale_type: type, aftersale_sub_type: subType }))
    expect([done(3), done(7), done(8), done(8, 8001)]).toMatchObject([
      { outcome: 'replaced' },
      { outcome: 'replaced' },
      { outcome: 'repaired' },
      { outcome: 'replaced' },
    ])
  })

  it('before shipping there is no call to refuse', () => {
    expect(manifest.reject.note).toMatch(/before shipping there is none: ship the order/)
    expect(facetsOf(push('200', { aftersale_type: 2 }))?.kind).toEqual({ kind: 'refund-only', variant: 'unshipped' })
  })

  it('a confirmed receipt refunds only where the assistant is on', () => {
    expect(manifest['confirm-receipt'].note).toMatch(/only with the assistant switched on/)
    const off = { code: 50002, msg: '业务处理失败', sub_code: 'isv.business-failed:11002', sub_msg: '未设置小助手' }
    expect(interpretEnvelope(off, (text) => text)).toEqual({
      type: 'refused',
      code: '50002 isv.business-failed:11002',
      text: '业务处理失败: 未设置小助手',
    })
  })

  it('a batch that failed in part is no success', () => {
    const part = { code: 10001, msg: '部分失败', sub_code: 'isv.business-part-failed' }
    expect(interpretEnvelope(part, (text) => text)).toMatchObject({
      type: 'refused',
      code: '10001 isv.business-part-failed',
    })
  })

  it('an error is in the body of an HTTP 200, in the old form or the new', () => {
    expect(interpretEnvelope({ code: 40003, sub_code: 'isv.access-token-expired' }, String)).toEqual({
      type: 'token-expired',
    })
    expect(interpretEnvelope({ err_no: 30001, message: '授权已关闭' }, String)).toMatchObject({
      type: 'reauthorise',
      text: '授权已关闭',
    })
    expect(interpretEnvelope({ err_no: 0, message: 'success' }, String)).toEqual({ type: 'ok' })
    expect(interpretEnvelope({ code: 60000, err_no: 0 }, String)).toMatchObject({ type: 'try-later' })
    expect(translate(storedMessage('detail', '{"code":40003,"msg":"x","data":null}')).type).toBe('unintelligible')
  })

  it('a repeated message has the same key, a different one under the same id has another, and a probe is answered and not stored', () => {
    const keys = (...parts: string[]) => {
      const receipt = inbound.receive(signDelivery(`[${parts.join(',')}]`), APP_CREDENTIALS)
      return receipt.type === 'accepted' ? receipt.messages.map((message) => message.key) : []
    }
    const [a, b, aAgain] = keys(pushOf('200', {}, 'a'), pushOf('201', {}, 'b'), pushOf('200', {}, 'a'))
    expect([a, b]).toEqual([expect.stringMatching(/^a:[0-9a-f]{64}$/), expect.stringMatching(/^b:[0-9a-f]{64}$/)])
    expect(aAgain).toBe(a)
    const [created, closed] = keys(pushOf('200', {}, 'a'), pushOf('207', { aftersale_status: 28 }, 'a'))
    expect(created).not.toBe(closed)
    const nameless = (status: number) => stringifyExact({ tag: '200', data: contentOf({ aftersale_status: status }) })
    const [first, again, other] = keys(nameless(6), nameless(6), nameless(7))
    expect(first).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect([again, other === first]).toEqual([first, false])
    expect(keys(pushOf('200', {}, 'x'.repeat(200)))[0]).toMatch(/^sha256:/)
    const probe = '{"tag":"0","msg_id":"p","data":""}'
    const ok = { type: 'accepted', messages: [], answer: { status: 200, body: '{"code":0,"msg":"success"}' } }
    for (const body of [`[${probe}]`, ` ${probe} `, '[{"tag":0}]', '[]'])
      expect(inbound.receive(signDelivery(body), APP_CREDENTIALS)).toEqual(ok)
  })

  it('a reason is a number without a table: code and text are kept as received', () => {
    expect(facetsOf(push('200', { reason_code: 83 }))?.reasonCode).toEqual({ code: '83' })
    expect(facetsOf(detail({ reason_code: 83, reason: '质量问题' }))).toMatchObject({
      reason: { text: '质量问题' },
      reasonCode: { code: '83' },
    })
    expect(facetsOf(row())?.reason).toEqual({ text: '颜色与描述不符' })
  })

  it('two enumerations share the name arbitrate_status: the output’s is read, the filter’s is not', () => {
    const stage = (code: number) => facetsOf(detail({}, { arbitrate_status: code }))?.dispute?.stage
    expect([0, 1, 2, 3, 4, 5, 255].map(stage)).toEqual([
      'none',
      'platform-intervened',
      'ruled-for-buyer',
      'ruled-for-merchant',
      'evidence-wanted',
      'negotiating',
      'cancelled',
    ])
    // The list has the stage alone, and the facet is replaced whole.
    for (const code of [1, 2, 3, 4, 5, 255]) {
      expect(facetsOf(row({ arbitrate_status: code }))).not.toHaveProperty('dispute')
      expect(row({ arbitrate_status: code })).toMatchObject({
        alsoRead: 'the list reports only that there is an arbitration',
      })
    }
    expect(facetsOf(row({ arbitrate_status: 0 }))?.dispute).toEqual({ stage: 'none' })
    const ended = (conclusion: number) =>
      facetsOf(detail({}, { arbitrate_status: 255, arbitrate_conclusion: conclusion }))?.dispute
    expect([0, 1, 2, 3].map(ended)).toEqual([
      { stage: 'cancelled' },
      { stage: 'ruled-for-buyer' },
      { stage: 'ruled-for-merchant' },
      { stage: 'ruled-for-buyer' },
    ])
  })

  it('the evidence deadline is that of the arbitration, in text form', () => {
    const wanted = {
      arbitrate_id: '7001110394160873740_001',
      arbitrate_status: 4,
      arbitrate_status_deadline: '1772884800',
    }
    const dispute = { stage: 'evidence-wanted', id: '7001110394160873740_001', evidenceDue: 1772884800_000 }
    expect(facetsOf(detail({}, wanted))?.dispute).toEqual(dispute)
    expect(facetsOf(detail({}, { ...wanted, arbitrate_status_deadline: '2026-03-07 20:00:00' }))?.dispute).toEqual(
      dispute,
    )
    expect(facetsOf(detail({}, { ...wanted, arbitrate_status_deadline: '0' }))?.dispute).toEqual({
      stage: 'evidence-wanted',
      id: '7001110394160873740_001',
    })
  })
})
