import type { Answer, CallContext, StoreSession, Tokens } from '../../contract'
import { asText, expiryOf } from '../../contract'
import { call } from './call'

/**
 * Exchanges the refresh token for new tokens. Where the refresh token itself has expired, a person must authorise
 * again.
 */
export async function refresh(session: StoreSession, ctx: CallContext): Promise<Answer<Tokens>> {
  const { refreshToken } = session
  const answer = await call({ method: 'skeleton.token.refresh', params: { refresh: refreshToken } }, session, ctx)
  if (answer.type === 'token-expired') return { type: 'reauthorise', code: 'refresh-token', text: 'it has expired' }
  if (answer.type !== 'ok') return answer
  const { data } = answer.value
  const accessToken = asText(data['access_token'], 4096)
  if (accessToken === undefined) return { type: 'unknown', why: 'an answer without an access token' }
  const newRefreshToken = asText(data['refresh_token'], 4096) ?? refreshToken
  return { type: 'ok', value: { accessToken, refreshToken: newRefreshToken, expiresAt: expiryOf(data, ctx.now()) } }
}
