import type { ConnectorFixtures } from '../../contract/suite'
import { CASE_EVENTS, STATUS_MEANINGS, KIND_BY_TYPE } from '../statuses'
import { answerOf, APP, CASE, caseOf, everywhere, NOON, ONE_TRUTH, pushOf, signed, stored } from './messages'

const error = (code: number): string => answerOf('null', code, '说明')

/** The fixtures with which the suite tests the connector. */
export const fixtures: ConnectorFixtures = {
  app: APP,
  signing: { sign: signed, covers: { appKey: false } },
  body: Buffer.from(`[\n ${pushOf()} ]`),
  samples: [
    { name: 'a pushed case', message: stored('push', pushOf()), gives: 'observed' },
    {
      name: 'a pushed case without a time',
      message: stored('push', pushOf(caseOf({ updated_at: 0 }))),
      gives: 'must-read',
    },
    { name: 'a paid order', message: stored('push', pushOf('{}', 'order-paid')), gives: 'irrelevant' },
    { name: 'a row of the list', message: stored('list', caseOf()), gives: 'observed' },
    { name: 'a detail', message: stored('detail', answerOf(caseOf())), gives: 'observed' },
    { name: 'a detail without a case', message: stored('detail', answerOf('{}')), gives: 'unintelligible' },
  ],
  codes: [
    ...[...STATUS_MEANINGS.keys()].map((code) => ({
      code: `case_status ${code}`,
      message: stored('list', caseOf({ case_status: code })),
    })),
    ...[...KIND_BY_TYPE.keys()].map((code) => ({
      code: `case_type ${code}`,
      message: stored('list', caseOf({ case_type: code })),
    })),
    ...[...CASE_EVENTS].map((event) => ({ code: `event ${event}`, message: stored('push', pushOf(caseOf(), event)) })),
  ],
  unknown: [
    ...Object.values(everywhere({ case_status: 99 })).map((message) => ({ named: 'case_status 99', message })),
    { named: 'case_type 9', message: stored('detail', answerOf(caseOf({ case_type: 9 }))) },
    { named: 'event __proto__', message: stored('push', pushOf(caseOf(), '__proto__')) },
  ],
  about: (id) => Object.values(everywhere({ skeleton_case_id: id })),
  asking: (fen) => Object.values(everywhere({ amount: fen })),
  sameCase: ONE_TRUTH,
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
      ...APP,
      shop: '10437001',
      accessToken: 'canary-access-5f2d',
      refreshToken: 'canary-refresh-9a1c',
      endpoints: { api },
    }),
    ref: { caseNumber: CASE },
    tokens: (members) => answerOf(JSON.stringify(members)),
    answers: [
      { name: 'a case', body: answerOf(caseOf()), gives: 'ok' },
      { name: 'another case', body: answerOf(caseOf({ skeleton_case_id: 7 })), gives: 'unknown' },
      { name: 'no case', body: error(404), gives: 'refused' },
      { name: 'an expired token', body: error(401), gives: 'token-expired' },
      { name: 'a withdrawn authorisation', body: error(403), gives: 'reauthorise' },
      { name: 'too many calls', body: error(429), gives: 'try-later' },
      { name: 'a failed service', body: error(500), gives: 'unknown' },
      { name: 'a code of no table', body: error(77), gives: 'refused' },
    ],
  },
  performing: {
    order: {
      action: { name: 'approve-refund' },
      caseNumber: CASE,
      kind: 'refund-only',
      variant: 'shipped',
      status: '1',
      revision: NOON,
    },
    answers: [
      { name: 'yes', body: answerOf(`{"skeleton_case_id":${CASE}}`), gives: 'done' },
      { name: 'yes, about another case', body: answerOf('{"skeleton_case_id":7}'), gives: 'unknown' },
      { name: 'a wrong parameter', body: error(400), gives: 'refused' },
      { name: 'a case that has changed', body: error(409), gives: 'stale' },
      { name: 'an expired token', body: error(401), gives: 'token-expired' },
      { name: 'too many calls', body: error(429), gives: 'try-later' },
      { name: 'a failed service', body: error(500), gives: 'unknown' },
      { name: 'a code of no table', body: error(77), gives: 'unknown' },
    ],
  },
}
