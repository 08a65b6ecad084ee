import type { Answer, StoreSession, CallContext, Tokens } from '../../contract'
import { asId, asText } from '../../contract'
import { call } from './call'
import { tokenEndsOf } from './token-ends'
import { unwrap } from './unwrap-answer'

/** Business codes on a refresh can only be about the refresh token: the call has no other business parameter. */
const TOKEN_REFUSALS: ReadonlySet<string> = new Set(['50001', '50002', '21001', '21002'])

/** New tokens for old. When the refresh token is no longer accepted, the merchant must authorise again. */
export async function refresh(session: StoreSession, ctx: CallContext): Promise<Answer<Tokens>> {
  const answer = await call(
    {
      type: 'pdd.pop.auth.token.refresh',
      params: { refresh_token: session.refreshToken },
      withToken: false,
      limits: [],
    },
    session,
    ctx,
  )
  if (answer.type === 'token-expired')
    return { type: 'reauthorise', code: 'refresh-token-expired', text: 'the refresh token has expired' }
  if (answer.type === 'refused' && TOKEN_REFUSALS.has(answer.code)) return { ...answer, type: 'reauthorise' }
  if (answer.type !== 'ok') return answer
  const tokens = unwrap(answer.value.json, 'access_token')
  const accessToken = asText(tokens.access_token, 4096)
  if (accessToken === undefined) return { type: 'unknown', why: 'an answer without an access token' }
  const shop = asId(tokens.owner_id)
  return {
    type: 'ok',
    value: {
      accessToken,
      // An answer without a new refresh token leaves the old one valid (RFC 6749, section 6).
      refreshToken: asText(tokens.refresh_token, 4096) ?? session.refreshToken,
      ...tokenEndsOf(tokens, ctx.now()),
      ...(shop === undefined ? {} : { shop }),
    },
  }
}
