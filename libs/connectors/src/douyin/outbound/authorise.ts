import type { Answer, AppSession, AuthorisationGrant, AuthorisedStore, CallContext } from '../../contract'
import { asId, asText, expiryOf } from '../../contract'
import { callForTokens } from './call-for-tokens'

/** Exchanges the code of the authorisation page, or the number of the merchant's own store, for tokens. */
export async function authorise(
  grant: AuthorisationGrant,
  app: AppSession,
  ctx: CallContext,
): Promise<Answer<AuthorisedStore>> {
  const params =
    grant.type === 'code'
      ? { grant_type: 'authorization_code', code: grant.code }
      : { grant_type: 'authorization_self', shop_id: grant.shop }
  // A code is a secret: as one of the session, it is taken out of every text that quotes it.
  const session = { ...app, shop: '', accessToken: grant.type === 'code' ? grant.code : '', refreshToken: '' }
  const answer = await callForTokens('token.create', params, session, ctx)
  if (answer.type !== 'ok') return answer
  const accessToken = asText(answer.value['access_token'], 4096)
  const refreshToken = asText(answer.value['refresh_token'], 4096)
  const shop = asId(answer.value['shop_id'])
  if (accessToken === undefined || refreshToken === undefined || shop === undefined)
    return { type: 'unknown', why: 'an answer without tokens and store' }
  const name = asText(answer.value['shop_name'], 100)
  return { type: 'ok', value: { shop, name, accessToken, refreshToken, expiresAt: expiryOf(answer.value, ctx.now()) } }
}
