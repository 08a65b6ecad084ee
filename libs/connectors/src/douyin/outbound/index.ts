import { createHash } from 'node:crypto'
import type { Answer, CaseReference, InboundMessage, Outbound, StoreSession, CallContext, Tokens } from '../../contract'
import { asId, asObject, asText, expiryOf } from '../../contract'
import { call } from './call'
import { detailLimits, tokenLimits } from './limits'
import { perform } from './perform'
import { readWindow } from './pull'
import { rejectReasons, returnAddresses } from './reject-reasons'

export const outbound: Outbound = {
  /**
   * The list takes any span of its six months; a day keeps one answer to the caller small. The overlap covers clocks
   * and the whole seconds of the update time.
   */
  pulling: { windowMs: 24 * 3_600_000, overlapMs: 60_000, settleMs: 5_000 },
  pull: readWindow,
  read,
  refresh,
  perform,
  rejectReasons,
  returnAddresses,
}

async function read(ref: CaseReference, session: StoreSession, ctx: CallContext): Promise<Answer<InboundMessage>> {
  const { accessToken } = session
  const params = { after_sale_id: ref.caseNumber, need_operation_record: false }
  const said = await call(
    { method: 'afterSale.Detail', params, limits: detailLimits(session), accessToken },
    session,
    ctx,
  )
  if (said.type !== 'ok') return said
  const { text, answer } = said.value
  const process = asObject(asObject(answer['data'])?.['process_info'])
  const answered = asId(asObject(process?.['after_sale_info'])?.['after_sale_id'])
  if (answered === undefined) return { type: 'unknown', why: 'a detail without after_sale_id' }
  if (answered !== ref.caseNumber) return { type: 'unknown', why: 'a detail of another case' }
  const digest = createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16)
  const key = `${ref.caseNumber}:${ctx.now()}:${digest}`
  return { type: 'ok', value: { channel: 'detail', key, shop: undefined, raw: text } }
}

async function refresh(session: StoreSession, ctx: CallContext): Promise<Answer<Tokens>> {
  const params = { grant_type: 'refresh_token', refresh_token: session.refreshToken }
  const said = await call({ method: 'token.refresh', params, limits: tokenLimits(session) }, session, ctx)
  // A refresh token that has run out can only be replaced by a person.
  if (said.type === 'token-expired')
    return { type: 'reauthorise', code: 'refresh-token', text: 'the refresh token is not valid any more' }
  if (said.type !== 'ok') return said
  const told = asObject(said.value.answer['data'])
  const accessToken = asText(told?.['access_token'], 4096)
  if (accessToken === undefined) return { type: 'unknown', why: 'an answer without an access token' }
  // An answer that brings no new refresh token leaves the old one valid (RFC 6749, section 6).
  const refreshToken = asText(told?.['refresh_token'], 4096) ?? session.refreshToken
  return { type: 'ok', value: { accessToken, refreshToken, expiresAt: expiryOf(told ?? {}, ctx.now()) } }
}
