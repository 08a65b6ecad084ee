import { connectorContract } from '../contract/suite'
import { douyin } from '.'
import { CASES_ON_CHANNELS } from './samples/cases-on-channels'
import {
  APP_CREDENTIALS,
  CASE_NUMBER,
  contentOf,
  detailOf,
  pushOf,
  rowOf,
  signDelivery,
  storedMessage,
} from './samples/messages'
import { AFTERSALE_STATUS, AFTERSALE_TYPE, ARBITRATE_CONCLUSION, ARBITRATE_STATUS, REFUND_STATUS } from './statuses'
import { REFUND_TAGS } from './inbound/push-types'

const codesOf = (table: object): number[] => Object.keys(table).map(Number)
const error = (code: number, subCode: string): string =>
  JSON.stringify({ code, msg: '失败', sub_code: subCode, sub_msg: '详情', data: null })

const done = (status_code: number, status_msg = 'success') =>
  `{"code":10000,"msg":"success","data":{"items":[{"aftersale_id":${CASE_NUMBER},"status_code":${status_code},"status_msg":"${status_msg}"}]}}`

connectorContract('douyin', douyin, {
  app: APP_CREDENTIALS,
  signing: { sign: signDelivery, covers: { appKey: true } },
  body: Buffer.from(`[ ${pushOf('200')},\n${pushOf('206', { note: '退款成功' })} ]`),
  samples: [
    {
      name: 'an application pushed',
      message: storedMessage('push', pushOf('200', { apply_time: 1772700000 })),
      expectedType: 'observed',
    },
    {
      name: 'a success pushed',
      message: storedMessage('push', pushOf('206', { aftersale_status: 12 })),
      expectedType: 'observed',
    },
    { name: 'a moved deadline pushed', message: storedMessage('push', pushOf('209')), expectedType: 'must-read' },
    { name: 'a push as relays forward it', message: storedMessage('push', contentOf()), expectedType: 'observed' },
    {
      name: 'a push as documentation prints it',
      message: storedMessage('push', `{"tag":200,"msgId":"1","data":${contentOf({ aftersale_id: 'xxxxxx' })}}`),
      expectedType: 'observed',
    },
    { name: 'a paid order pushed', message: storedMessage('push', pushOf('101')), expectedType: 'irrelevant' },
    { name: 'a row of the list', message: storedMessage('list', rowOf()), expectedType: 'observed' },
    { name: 'a detail', message: storedMessage('detail', detailOf()), expectedType: 'observed' },
    {
      name: 'an empty detail',
      message: storedMessage('detail', '{"data":{"order_info":{},"process_info":{}}}'),
      expectedType: 'unintelligible',
    },
  ],
  codes: [
    ...codesOf(AFTERSALE_STATUS).flatMap((code) => [
      {
        code: `aftersale_status ${code} in a push`,
        message: storedMessage('push', pushOf('201', { aftersale_status: code })),
      },
      {
        code: `aftersale_status ${code} in the list`,
        message: storedMessage('list', rowOf({ aftersale_status: code })),
      },
      {
        code: `aftersale_status ${code} in the detail`,
        message: storedMessage('detail', detailOf({ after_sale_status: code })),
      },
    ]),
    ...codesOf(AFTERSALE_TYPE).map((code) => ({
      code: `aftersale_type ${code}`,
      message: storedMessage('list', rowOf({ aftersale_type: code })),
    })),
    ...codesOf(REFUND_STATUS).map((code) => ({
      code: `refund_status ${code}`,
      message: storedMessage('list', rowOf({ refund_status: code })),
    })),
    ...codesOf(ARBITRATE_STATUS).map((code) => ({
      code: `arbitrate_status ${code}`,
      message: storedMessage('list', rowOf({ arbitrate_status: code })),
    })),
    ...codesOf(ARBITRATE_CONCLUSION).map((code) => ({
      code: `arbitrate_conclusion ${code}`,
      message: storedMessage('detail', detailOf({}, { arbitrate_status: 255, arbitrate_conclusion: code })),
    })),
    ...[...REFUND_TAGS.keys()].map((tag) => ({ code: `tag ${tag}`, message: storedMessage('push', pushOf(tag)) })),
  ],
  unknown: [
    { reasonPart: 'aftersale_status 99', message: storedMessage('push', pushOf('200', { aftersale_status: 99 })) },
    { reasonPart: 'aftersale_status 99', message: storedMessage('list', rowOf({ aftersale_status: 99 })) },
    { reasonPart: 'aftersale_status "x"', message: storedMessage('detail', detailOf({ after_sale_status: 'x' })) },
    { reasonPart: 'aftersale_type 9', message: storedMessage('list', rowOf({ aftersale_type: 9 })) },
    { reasonPart: 'refund_status 6', message: storedMessage('detail', detailOf({ refund_status: 6 })) },
    { reasonPart: 'arbitrate_status 6', message: storedMessage('list', rowOf({ arbitrate_status: 6 })) },
    {
      reasonPart: 'arbitrate_conclusion 4',
      message: storedMessage('detail', detailOf({}, { arbitrate_status: 255, arbitrate_conclusion: 4 })),
    },
    { reasonPart: 'tag 219', message: storedMessage('push', pushOf('219')) },
    { reasonPart: 'tag __proto__', message: storedMessage('push', pushOf('__proto__')) },
  ],
  messagesWithCaseNumber: (id) => [
    storedMessage('push', pushOf('200', { aftersale_id: BigInt(id) })),
    storedMessage('push', pushOf('212', { aftersale_id: BigInt(id) })),
    storedMessage('push', contentOf({ aftersale_id: BigInt(id) })),
    storedMessage('list', rowOf({ aftersale_id: id })),
    storedMessage('list', rowOf({ aftersale_id: `"${id}"` })),
    storedMessage('detail', detailOf({ after_sale_id: BigInt(id) })),
  ],
  messagesWithAmount: (fen) => [
    storedMessage('push', pushOf('200', { refund_amount: fen, refund_post_amount: 0 })),
    storedMessage('list', rowOf({ refund_amount: fen, refund_post_amount: 0 })),
    storedMessage('list', rowOf({ refund_amount: String(fen), refund_post_amount: '0' })),
    storedMessage('detail', detailOf({ refund_total_amount: fen, refund_post_amount: 0 })),
  ],
  sameCase: CASES_ON_CHANNELS,
  reading: {
    session: (api) => ({
      ...APP_CREDENTIALS,
      shop: '10437001',
      accessToken: 'canary-access-token-5f2d',
      refreshToken: 'canary-refresh-token-9a1c',
      endpoints: { api },
    }),
    ref: { caseNumber: String(CASE_NUMBER) },
    tokens: (data) => JSON.stringify({ code: 10000, msg: 'success', data: data }),
    answers: [
      {
        name: 'the old form of success',
        body: detailOf().replace('"code":10000,"msg":"success"', '"err_no":0,"message":"success"'),
        expectedType: 'ok',
      },
      { name: 'an expired token', body: error(40003, 'isv.access-token-expired'), expectedType: 'token-expired' },
      { name: 'an unknown token', body: error(40003, 'isv.access-token-no-existed'), expectedType: 'token-expired' },
      {
        name: 'a withdrawn authorisation',
        body: error(30001, 'dop.authorization-closed'),
        expectedType: 'reauthorise',
      },
      {
        name: 'an authorisation that never was',
        body: error(30001, 'dop.authorization-no-existed'),
        expectedType: 'reauthorise',
      },
      {
        name: 'a permission that the app lacks',
        body: error(30001, 'isv.app-permissions-insufficient'),
        expectedType: 'refused',
      },
      { name: 'an address that is not listed', body: error(30002, 'isv.invalid_ip'), expectedType: 'refused' },
      { name: 'a missing parameter', body: error(40001, 'isv.parameter-missing'), expectedType: 'refused' },
      { name: 'a wrong signature', body: error(40003, 'isv.signature-invalid'), expectedType: 'refused' },
      { name: 'a wrong parameter', body: error(40004, 'isv.parameter-invalid:1'), expectedType: 'refused' },
      { name: 'a failed business', body: error(50002, 'isv.business-failed:12000'), expectedType: 'refused' },
      { name: 'a case that is not there', body: error(20000, 'isp.service-error:10000'), expectedType: 'refused' },
      { name: 'a busy service', body: error(20000, 'isp.service-error:100001'), expectedType: 'try-later' },
      { name: 'a slow service', body: error(20001, ''), expectedType: 'try-later' },
      { name: 'too many calls', body: error(60000, 'isv.flow-limited'), expectedType: 'try-later' },
      { name: 'a closed interface', body: error(70000, 'isp.api-service-off'), expectedType: 'refused' },
      { name: 'a code that no table has', body: error(12345, ''), expectedType: 'refused' },
      { name: 'no code at all', body: '{"data":{}}', expectedType: 'unknown' },
      {
        name: 'a detail of another case',
        body: detailOf({ after_sale_id: 7012345678901234568n }),
        expectedType: 'unknown',
      },
      { name: 'a success without a case', body: '{"code":10000,"data":{}}', expectedType: 'unknown' },
    ],
  },
  performing: {
    order: {
      action: { name: 'approve-refund' },
      caseNumber: String(CASE_NUMBER),
      kind: 'refund-only',
      variant: 'shipped',
      status: '6',
      revision: 1_772_712_000_000,
    },
    answers: [
      { name: 'yes', body: done(0), expectedType: 'done' },
      { name: 'yes in the old form', body: done(0).replace('"code":10000', '"err_no":0'), expectedType: 'done' },
      { name: 'a no inside a yes', body: done(11005, '操作失败'), expectedType: 'refused' },
      { name: 'a stale status inside a yes', body: done(20309541), expectedType: 'stale' },
      { name: 'a yes without a result', body: '{"code":10000,"data":{}}', expectedType: 'unknown' },
      {
        name: 'a version that is not the newest',
        body: error(50002, 'isv.business-failed:20309541'),
        expectedType: 'stale',
      },
      { name: 'a failed operation', body: error(50002, 'isv.business-failed:11005'), expectedType: 'refused' },
      { name: 'only in the back office', body: error(50002, 'isv.business-failed:11001'), expectedType: 'refused' },
      { name: 'a business that timed out', body: error(50002, 'isv.business-failed:10000'), expectedType: 'unknown' },
      { name: 'a business code of no table', body: error(50002, 'isv.business-failed:77'), expectedType: 'unknown' },
      { name: 'a case that is not there', body: error(20000, 'isp.service-error:10000'), expectedType: 'refused' },
      { name: 'a service that failed', body: error(20000, 'isp.service-error:10002'), expectedType: 'unknown' },
      { name: 'a slow service', body: error(20001, ''), expectedType: 'unknown' },
      { name: 'a batch that failed in part', body: error(10001, 'isv.business-part-failed'), expectedType: 'unknown' },
      { name: 'something else', body: error(90000, ''), expectedType: 'unknown' },
      { name: 'a code that no table has', body: error(12345, ''), expectedType: 'unknown' },
      { name: 'a wrong parameter', body: error(40004, 'isv.parameter-invalid:11000'), expectedType: 'refused' },
      { name: 'a closed interface', body: error(70000, 'isp.api-service-off'), expectedType: 'refused' },
      { name: 'too many calls', body: error(60000, 'isv.flow-limited'), expectedType: 'try-later' },
      { name: 'an expired token', body: error(40003, 'isv.access-token-expired'), expectedType: 'token-expired' },
      {
        name: 'a withdrawn authorisation',
        body: error(30001, 'dop.authorization-closed'),
        expectedType: 'reauthorise',
      },
    ],
  },
})
