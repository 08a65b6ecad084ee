import type { ConnectorFixtures } from '../../contract/suite'
import { CASE_EVENTS, STATUS_MEANINGS, KIND_BY_TYPE } from '../statuses'
import {
  answerOf,
  APP_CREDENTIALS,
  CASE_NUMBER,
  caseOf,
  onEveryChannel,
  NOON,
  CASES_ON_CHANNELS,
  pushOf,
  signDelivery,
  storedMessage,
} from './messages'

const errorAnswer = (code: number): string => answerOf('null', code, '说明')

/** The fixtures with which the suite tests the connector. */
export const fixtures: ConnectorFixtures = {
  app: APP_CREDENTIALS,
  signing: { sign: signDelivery, covers: { appKey: false } },
  body: Buffer.from(`[\n ${pushOf()} ]`),
  samples: [
    { name: 'a pushed case', message: storedMessage('push', pushOf()), expectedType: 'observed' },
    {
      name: 'a pushed case without a time',
      message: storedMessage('push', pushOf(caseOf({ updated_at: 0 }))),
      expectedType: 'must-read',
    },
    { name: 'a paid order', message: storedMessage('push', pushOf('{}', 'order-paid')), expectedType: 'irrelevant' },
    { name: 'a row of the list', message: storedMessage('list', caseOf()), expectedType: 'observed' },
    { name: 'a detail', message: storedMessage('detail', answerOf(caseOf())), expectedType: 'observed' },
    {
      name: 'a detail without a case',
      message: storedMessage('detail', answerOf('{}')),
      expectedType: 'unintelligible',
    },
  ],
  codes: [
    ...[...STATUS_MEANINGS.keys()].map((code) => ({
      code: `case_status ${code}`,
      message: storedMessage('list', caseOf({ case_status: code })),
    })),
    ...[...KIND_BY_TYPE.keys()].map((code) => ({
      code: `case_type ${code}`,
      message: storedMessage('list', caseOf({ case_type: code })),
    })),
    ...[...CASE_EVENTS].map((event) => ({
      code: `event ${event}`,
      message: storedMessage('push', pushOf(caseOf(), event)),
    })),
  ],
  unknown: [
    ...Object.values(onEveryChannel({ case_status: 99 })).map((message) => ({ reasonPart: 'case_status 99', message })),
    { reasonPart: 'case_type 9', message: storedMessage('detail', answerOf(caseOf({ case_type: 9 }))) },
    { reasonPart: 'event __proto__', message: storedMessage('push', pushOf(caseOf(), '__proto__')) },
  ],
  messagesWithCaseNumber: (id) => Object.values(onEveryChannel({ skeleton_case_id: id })),
  messagesWithAmount: (fen) => Object.values(onEveryChannel({ amount: fen })),
  sameCase: CASES_ON_CHANNELS,
  notReported: [
    'a dispute',
    'a kind without money',
    'a parcel that comes back',
    'a quantity',
    'flags',
    'goods that arrived',
  ],
  reading: {
    session: (api) => ({
      ...APP_CREDENTIALS,
      shop: '10437001',
      accessToken: 'canary-access-5f2d',
      refreshToken: 'canary-refresh-9a1c',
      endpoints: { api },
    }),
    ref: { caseNumber: CASE_NUMBER },
    tokens: (members) => answerOf(JSON.stringify(members)),
    answers: [
      { name: 'a case', body: answerOf(caseOf()), expectedType: 'ok' },
      { name: 'another case', body: answerOf(caseOf({ skeleton_case_id: 7 })), expectedType: 'unknown' },
      { name: 'no case', body: errorAnswer(404), expectedType: 'refused' },
      { name: 'an expired token', body: errorAnswer(401), expectedType: 'token-expired' },
      { name: 'a withdrawn authorisation', body: errorAnswer(403), expectedType: 'reauthorise' },
      { name: 'too many calls', body: errorAnswer(429), expectedType: 'try-later' },
      { name: 'a failed service', body: errorAnswer(500), expectedType: 'unknown' },
      { name: 'a code of no table', body: errorAnswer(77), expectedType: 'refused' },
    ],
  },
  performing: {
    order: {
      action: { name: 'approve-refund' },
      caseNumber: CASE_NUMBER,
      kind: 'refund-only',
      variant: 'shipped',
      status: '1',
      revision: NOON,
    },
    answers: [
      { name: 'yes', body: answerOf(`{"skeleton_case_id":${CASE_NUMBER}}`), expectedType: 'done' },
      { name: 'yes, about another case', body: answerOf('{"skeleton_case_id":7}'), expectedType: 'unknown' },
      { name: 'a wrong parameter', body: errorAnswer(400), expectedType: 'refused' },
      { name: 'a case that has changed', body: errorAnswer(409), expectedType: 'stale' },
      { name: 'an expired token', body: errorAnswer(401), expectedType: 'token-expired' },
      { name: 'too many calls', body: errorAnswer(429), expectedType: 'try-later' },
      { name: 'a failed service', body: errorAnswer(500), expectedType: 'unknown' },
      { name: 'a code of no table', body: errorAnswer(77), expectedType: 'unknown' },
    ],
  },
}
