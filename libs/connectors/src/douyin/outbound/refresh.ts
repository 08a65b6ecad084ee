import type { Answer, CallContext, StoreSession, Tokens } from '../../contract'
import { asText, expiryOf } from '../../contract'
import { callForTokens } from './call-for-tokens'

/** Exchanges the refresh token for new tokens. */
export async function refresh(session: StoreSession, ctx: CallContext): Promise<Answer<Tokens>> {
  const params = { grant_type: 'refresh_token', refresh_token: session.refreshToken }
  const answer = await callForTokens('token.refresh', params, session, ctx)
  // A refresh token that has run out can only be replaced by authorising again.
  if (answer.type === 'token-expired')
    return { type: 'reauthorise', code: 'refresh-token', text: 'the refresh token is not valid any more' }
  if (answer.type !== 'ok') return answer
  const accessToken = asText(answer.value['access_token'], 4096)
  if (accessToken === undefined) return { type: 'unknown', why: 'an answer without an access token' }
  // An answer without a new refresh token leaves the old one valid (RFC 6749, section 6).
  const refreshToken = asText(answer.value['refresh_token'], 4096) ?? session.refreshToken
  return { type: 'ok', value: { accessToken, refreshToken, expiresAt: expiryOf(answer.value, ctx.now()) } }
}
