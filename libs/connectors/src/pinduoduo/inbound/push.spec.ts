import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Translation } from '../../contract'
import { readFrame } from '../outbound/frames'
import { inbound } from '.'

const sample = (name: string): string => readFileSync(join(__dirname, '../samples', `${name}.json`), 'utf8')
const translate = (raw: string): Translation => inbound.translate({ channel: 'push', raw, receivedAt: 1 })
const framed = (type: string, content: unknown, id = 1): string =>
  JSON.stringify({ id, commandType: 'Common', message: { type, mallID: 860000071, content: JSON.stringify(content) } })
const keyOf = (text: string): string => {
  const frame = readFrame(text)
  if (frame.type !== 'message') throw new Error(frame.type)
  return frame.message.key
}

test('pushes are partial, so every one about a refund only says which case to read', () => {
  expect(translate(sample('frame-refund-created'))).toEqual({
    type: 'must-read',
    shop: '860000071',
    case: { caseNumber: '52100000071', orderNumber: '260301-410000000000071' },
    why: 'pdd_refund_RefundCreated is only a hint',
  })
  const types = ['Created', 'AgreeAgreement', 'BuyerModifyAgreement', 'BuyerReturnGoods', 'Closed', 'CreateMessage']
  for (const type of types)
    expect(translate(framed(`pdd_refund_Refund${type}`, { refund_id: 7 })).type).toBe('must-read')
})

test('the bare message and the bare content are understood like the frame', () => {
  expect(translate(sample('message-bare'))).toMatchObject({ type: 'must-read', shop: '860000071' })
  expect(translate(sample('content-bare'))).toMatchObject({
    type: 'must-read',
    shop: '860000071',
    case: { caseNumber: '52100000073', orderNumber: '260301-410000000000073' },
  })
})

test('messages about trade, goods and chat are irrelevant by name', () => {
  expect(translate(sample('frame-trade-confirmed'))).toEqual({
    type: 'irrelevant',
    why: 'pdd_trade_TradeConfirmed is not about after-sale',
  })
  expect(translate(framed('pdd_goods_GoodsAdd', {})).type).toBe('irrelevant')
  expect(translate(framed('pdd_chat_OrderPromise', {})).type).toBe('irrelevant')
  expect(translate('{"commandType":"HeartBeat","time":1}')).toEqual({
    type: 'irrelevant',
    why: 'HeartBeat frame without a message',
  })
})

test('an unknown type is named, and so is a message without a case', () => {
  expect(translate(framed('pdd_refund_RefundTeleported', { refund_id: 7 }))).toEqual({
    type: 'unintelligible',
    why: 'push: type pdd_refund_RefundTeleported is not known',
    names: { shop: '860000071', case: { caseNumber: '7' } },
  })
  expect(translate(framed('pdd_refund_RefundClosed', { tid: 'x' }))).toEqual({
    type: 'unintelligible',
    why: 'push: pdd_refund_RefundClosed names no refund_id',
  })
  expect(translate('{}').type).toBe('unintelligible')
})

test('a repetition under another frame id is the same message, other content is not', () => {
  const content = { mall_id: 1, refund_id: 7, modified: 1772328605016, operation: 1000 }
  const type = 'pdd_refund_RefundCreated'
  expect(keyOf(framed(type, content, 1))).toMatch(
    /^860000071:pdd_refund_RefundCreated:7:1772328605016:1000:[0-9a-f]{64}$/,
  )
  expect(keyOf(framed(type, content, 2))).toBe(keyOf(framed(type, content, 1)))
  const others = [
    framed(type, { ...content, modified: 1772328605017 }),
    framed(type, { ...content, refund_fee: 1990 }),
    framed(type, { ...content, operation: 1002 }),
    framed(type, { ...content, refund_id: 8 }),
    framed('pdd_refund_RefundClosed', content),
  ]
  expect(new Set([framed(type, content), ...others].map(keyOf)).size).toBe(6)
})

test('hints without a named change are identified by their frames, so that a later one is not taken for a repetition', () => {
  const closed = (id: number) => framed('pdd_refund_RefundClosed', { refund_id: 7 }, id)
  expect(keyOf(closed(1))).toBe(keyOf(closed(1)))
  expect(keyOf(closed(1))).not.toBe(keyOf(closed(2)))
})

test('what comes over HTTP is not from Pinduoduo', () => {
  const body = Buffer.from(sample('frame-refund-created'))
  expect(inbound.receive({ headers: {}, body }, { appKey: 'k', appSecret: 's' })).toEqual({
    type: 'forged',
    why: 'Pinduoduo does not push over HTTP',
    answer: { status: 404, body: '{"error":"not found"}' },
  })
})
