import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Channel, StoredMessage } from '../contract'
import { elementsAt } from '../contract'
import { connectorContract } from '../contract/suite'
import { pinduoduo } from '.'
import { CASES_ON_CHANNELS } from './samples/cases-on-channels'
import { STATUS_MEANINGS } from './statuses'

const sample = (name: string): string => readFileSync(join(__dirname, 'samples', `${name}.json`), 'utf8').trim()
const stored = (channel: Channel, raw: string): StoredMessage => ({ channel, raw, receivedAt: 1772330000000 })
const [firstRow = ''] = elementsAt(sample('list-answer'), ['refund_increment_get_response', 'refund_list']) ?? []

/** A sample with the value of one field replaced by this text. */
const withField = (text: string, name: string, value: string): string => {
  const changed = text.replace(new RegExp(`"${name}":("[^"]*"|[^,}]+)`), `"${name}":${value}`)
  if (changed === text && !text.includes(`"${name}":${value}`)) throw new Error(`no ${name}`)
  return changed
}
const row = (name: string, value: string) => stored('list', withField(firstRow, name, value))
const detail = (name: string, value: string) => stored('detail', withField(sample('detail-refund-only'), name, value))
const push = (content: string, type = 'pdd_refund_RefundCreated') =>
  stored('push', JSON.stringify({ id: 1, commandType: 'Common', message: { type, mallID: 86, content } }))
const error = (code: number, sub = 'null') =>
  `{"error_response":{"error_code":${code},"error_msg":"说明","sub_code":${sub},"sub_msg":"详情","request_id":"1"}}`

const resultBody = (succ: boolean, message = '操作成功', id = 52100000071) =>
  JSON.stringify({ response: { result: { after_sales_id: id, message, order_sn: 'o', succ }, request_id: '1' } })

connectorContract('pinduoduo', pinduoduo, {
  app: { appKey: 'c71', appSecret: 'canary-secret' },
  signing: 'no-http-pushes',
  body: Buffer.from(sample('frame-refund-created')),
  samples: [
    {
      name: 'a frame about a refund',
      message: stored('push', sample('frame-refund-created')),
      expectedType: 'must-read',
    },
    { name: 'a bare message', message: stored('push', sample('message-bare')), expectedType: 'must-read' },
    { name: 'a bare content', message: stored('push', sample('content-bare')), expectedType: 'must-read' },
    {
      name: 'a frame about trade',
      message: stored('push', sample('frame-trade-confirmed')),
      expectedType: 'irrelevant',
    },
    { name: 'a row of the list', message: stored('list', firstRow), expectedType: 'observed' },
    { name: 'a detail', message: stored('detail', sample('detail-refund-only')), expectedType: 'observed' },
    {
      name: 'the detail of an exchange',
      message: stored('detail', sample('detail-exchange')),
      expectedType: 'observed',
    },
    { name: 'a wrapped detail', message: stored('detail', sample('detail-wrapped')), expectedType: 'observed' },
  ],
  codes: [
    ...[...STATUS_MEANINGS.keys()].flatMap((code) => [
      { code: `after_sales_status ${code} in the list`, message: row('after_sales_status', String(code)) },
      { code: `after_sales_status ${code} in the detail`, message: detail('after_sales_status', String(code)) },
    ]),
    ...[2, 3, 4, 5, 6].map((type) => ({ code: `list type ${type}`, message: row('after_sales_type', String(type)) })),
    ...[1, 2, 3, 4, 5].map((type) => ({ code: `type ${type}`, message: detail('after_sales_type', String(type)) })),
  ],
  unknown: [
    { reasonPart: 'after_sales_status 99', message: row('after_sales_status', '99') },
    { reasonPart: 'after_sales_status 1', message: detail('after_sales_status', '1') },
    {
      reasonPart: 'after_sales_status missing',
      message: stored('list', '{"id":1,"order_sn":"o","after_sales_type":2}'),
    },
    { reasonPart: 'after_sales_type 1', message: row('after_sales_type', '1') },
    { reasonPart: 'after_sales_type 6', message: detail('after_sales_type', '6') },
    { reasonPart: 'pdd_refund_Unheard', message: push('{"refund_id":1}', 'pdd_refund_Unheard') },
    { reasonPart: 'type __proto__', message: push('{"refund_id":1}', '__proto__') },
  ],
  messagesWithCaseNumber: (id) => [
    push(`{"refund_id":${id},"tid":"o"}`),
    row('id', id),
    detail('id', id),
    detail('id', `"${id}"`),
  ],
  messagesWithAmount: (fen) => [
    row('refund_amount', `"${(fen - (fen % 100)) / 100}.${String(fen % 100).padStart(2, '0')}"`),
    detail('refund_amount', String(fen)),
  ],
  sameCase: CASES_ON_CHANNELS,
  reading: {
    session: (api) => ({
      appKey: 'c71',
      appSecret: 'canary-secret-3b1e',
      shop: '86',
      accessToken: 'canary-access-5f2d',
      refreshToken: 'canary-refresh-9a1c',
      endpoints: { api },
    }),
    tokens: (data) => JSON.stringify({ pop_auth_token_refresh_response: data }),
    ref: { caseNumber: '52100000071', orderNumber: '260301-410000000000071' },
    answers: [
      { name: 'a detail', body: sample('detail-refund-only'), expectedType: 'ok' },
      { name: 'a detail of another case', body: sample('detail-exchange'), expectedType: 'unknown' },
      { name: 'an expired token', body: error(10019), expectedType: 'token-expired' },
      { name: 'a cancelled authorisation', body: error(10014), expectedType: 'reauthorise' },
      { name: 'a throttle', body: error(52101), expectedType: 'try-later' },
      { name: 'maintenance', body: error(70033), expectedType: 'try-later' },
      {
        name: 'a fault behind the call',
        body: error(50001, '"isv.refund-service-error:4000000"'),
        expectedType: 'try-later',
      },
      { name: 'a wrong sign', body: error(20004), expectedType: 'refused' },
      { name: 'wrong parameters', body: error(50001, '"isv.invalid-parameter:3000000"'), expectedType: 'refused' },
    ],
  },
  performing: {
    order: {
      action: { name: 'approve-refund' },
      caseNumber: '52100000071',
      orderNumber: '260301-410000000000071',
      kind: 'refund-only',
      status: '2',
      revision: 1_700_000_000_000,
    },
    answers: [
      { name: 'yes', body: resultBody(true), expectedType: 'done' },
      { name: 'yes, about another case', body: resultBody(true, '操作成功', 7), expectedType: 'unknown' },
      { name: 'no, the case is over', body: resultBody(false, '售后单已完结，不可操作'), expectedType: 'stale' },
      {
        name: 'no, it has another status',
        body: resultBody(false, '当前售后状态不允许同意退款'),
        expectedType: 'stale',
      },
      { name: 'no, the money is missing', body: resultBody(false, '账户余额不足'), expectedType: 'refused' },
      {
        name: 'neither yes nor no',
        body: '{"response":{"result":{"after_sales_id":52100000071}}}',
        expectedType: 'unknown',
      },
      { name: 'an expired token', body: error(10019), expectedType: 'token-expired' },
      { name: 'a cancelled authorisation', body: error(10014), expectedType: 'reauthorise' },
      { name: 'a throttle', body: error(52101), expectedType: 'try-later' },
      { name: 'maintenance', body: error(70033), expectedType: 'try-later' },
      { name: 'a wrong parameter', body: error(21001), expectedType: 'refused' },
      { name: 'a missing permission', body: error(30001), expectedType: 'refused' },
      {
        name: 'a clear no of the business',
        body: error(50001, '"isv.refund-service-error:3000000"'),
        expectedType: 'refused',
      },
      {
        name: 'a fault behind the call',
        body: error(50001, '"isv.refund-service-error:4000000"'),
        expectedType: 'unknown',
      },
      { name: 'a fault of the system', body: error(50000), expectedType: 'unknown' },
      { name: 'a fault of the gateway', body: error(52001), expectedType: 'unknown' },
      { name: 'not available for the moment', body: error(52103), expectedType: 'unknown' },
      { name: 'a code that no table has', body: error(61234), expectedType: 'unknown' },
    ],
  },
})

test('Pinduoduo has no call to reject, pay, argue or extend; it is done by hand', () => {
  const ways = Object.entries(pinduoduo.manifest)
  const calls = ways.filter(([, { way }]) => way === 'API').map(([action]) => action)
  expect(calls).toEqual(['approve-return', 'approve-refund', 'ship-exchange', 'confirm-receipt', 'cancel-sending'])
  expect(new Set(ways.filter(([action]) => !calls.includes(action)).map(([, { way }]) => way))).toEqual(
    new Set(['ASSISTED']),
  )
})
