import type { Answer, AppSession, AuthorisationGrant, AuthorisedStore, CallContext } from '../../contract'
import { asId, asText } from '../../contract'
import { call } from './call'
import { unwrap } from './unwrap-answer'
import { tokenEndsOf } from './token-ends'

/** Exchanges the code of the authorisation page for tokens. There is no other way to ask for them. */
export async function authorise(
  grant: AuthorisationGrant,
  app: AppSession,
  ctx: CallContext,
): Promise<Answer<AuthorisedStore>> {
  if (grant.type !== 'code')
    return { type: 'refused', code: 'ours:no-code', text: 'tokens are given for a code of the authorisation page only' }
  // A code is a secret: as one of the session, it is taken out of every text that quotes it.
  const session = { ...app, shop: '', accessToken: grant.code, refreshToken: '' }
  const request = {
    type: 'pdd.pop.auth.token.create',
    params: { code: grant.code },
    withToken: false,
    limits: [],
  } as const
  const answer = await call(request, session, ctx)
  if (answer.type !== 'ok') return answer
  const tokens = unwrap(answer.value.json, 'access_token')
  const accessToken = asText(tokens.access_token, 4096)
  const refreshToken = asText(tokens.refresh_token, 4096)
  const shop = asId(tokens.owner_id)
  if (accessToken === undefined || refreshToken === undefined || shop === undefined)
    return { type: 'unknown', why: 'an answer without tokens and store' }
  const name = asText(tokens.owner_name, 100)
  return { type: 'ok', value: { shop, name, accessToken, refreshToken, ...tokenEndsOf(tokens, ctx.now()) } }
}
