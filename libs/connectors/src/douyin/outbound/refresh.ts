import type { Answer, CallContext, StoreSession, Tokens } from '../../contract'
import { asObject, asText, expiryOf } from '../../contract'
import { call } from './call'
import { tokenLimits } from './limits'

/** Exchanges the refresh token for new tokens. */
export async function refresh(session: StoreSession, ctx: CallContext): Promise<Answer<Tokens>> {
  const params = { grant_type: 'refresh_token', refresh_token: session.refreshToken }
  const response = await call({ method: 'token.refresh', params, limits: tokenLimits(session) }, session, ctx)
  // A refresh token that has run out can only be replaced by authorising again.
  if (response.type === 'token-expired')
    return { type: 'reauthorise', code: 'refresh-token', text: 'the refresh token is not valid any more' }
  if (response.type !== 'ok') return response
  const data = asObject(response.value.answer['data'])
  const accessToken = asText(data?.['access_token'], 4096)
  if (accessToken === undefined) return { type: 'unknown', why: 'an answer without an access token' }
  // An answer without a new refresh token leaves the old one valid (RFC 6749, section 6).
  const refreshToken = asText(data?.['refresh_token'], 4096) ?? session.refreshToken
  return { type: 'ok', value: { accessToken, refreshToken, expiresAt: expiryOf(data ?? {}, ctx.now()) } }
}
