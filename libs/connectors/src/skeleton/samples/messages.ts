/** Fixtures of our own, with an invented case. */
import type { AppCredentials, Channel, RawDelivery, StoredMessage } from '../../contract'
import type { CaseOnEveryChannel } from '../../contract/suite/case-on-channels'
import { signatureOf } from '../sign'
import { SIGNATURE_HEADER } from '../wire'

export const NOON = Date.parse('2026-11-11T04:00:00Z')
export const CASE_NUMBER = '7000893114000949517'
export const APP_CREDENTIALS: AppCredentials = { appKey: 'skeleton-app', appSecret: 'canary-secret-3b1e' }

export type Fields = Readonly<Record<string, unknown>>

/** A case with these fields. The id is a bare number, as the marketplace writes it: JSON.stringify could not keep its digits. */
export const caseOf = ({ skeleton_case_id = CASE_NUMBER, ...more }: Fields = {}): string => {
  const rest = {
    order_id: '4835804142146756441',
    case_status: 1,
    case_type: 2,
    amount: 8900,
    reason: '不想要了',
    applied_at: NOON / 1000 - 60,
    updated_at: NOON / 1000,
    respond_until: NOON / 1000 + 172_800,
    ...more,
  }
  return `{"skeleton_case_id":${String(skeleton_case_id)},${JSON.stringify(rest).slice(1)}`
}

export const pushOf = (data = caseOf(), event = 'case-changed'): string =>
  `{"id":"push-1","event":${JSON.stringify(event)},"shop_id":10437001,"data":${data}}`

export const answerOf = (data: string, code = 0, message = ''): string =>
  `{"code":${code},"message":${JSON.stringify(message)},"data":${data}}`

export const storedMessage = (channel: Channel, raw: string): StoredMessage => ({
  channel,
  raw,
  receivedAt: NOON + 1_000,
})

/** The same case as each channel reports it. */
export const onEveryChannel = (fields: Fields = {}): Readonly<Record<Channel, StoredMessage>> => ({
  push: storedMessage('push', pushOf(caseOf(fields))),
  list: storedMessage('list', caseOf(fields)),
  detail: storedMessage('detail', answerOf(caseOf(fields))),
})

export const signDelivery = (body: Buffer, { appSecret }: AppCredentials): RawDelivery => ({
  headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signatureOf(body, appSecret) },
  body,
})

export const CASES_ON_CHANNELS: readonly CaseOnEveryChannel[] = [
  { name: 'a fresh application', channels: onEveryChannel() },
  { name: 'a refund that is paid', channels: onEveryChannel({ case_status: 5, respond_until: 0 }) },
]
