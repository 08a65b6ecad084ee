import type { IssuedTokens } from '../http/tokens'
import type { WireValue } from '../http/wire-json'
import type { DouyinApi, DouyinContext } from './api'
import { idParam, textParam } from './api'
import { DouyinError, invalidParam } from './errors'

function tokenData(context: DouyinContext, issued: IssuedTokens | undefined): WireValue {
  if (issued === undefined) throw new DouyinError(50001, '授权失败', 'dop.token-generate-failed:10001')
  return {
    access_token: issued.accessToken,
    expires_in: Math.max(0, Math.floor((issued.expiresMs - Date.now()) / 1000)),
    refresh_token: issued.refreshToken,
    scope: 'SCOPE',
    shop_id: BigInt(issued.shopId),
    shop_name: context.world.shop(issued.shopId)?.name ?? '',
    authority_id: issued.shopId,
    auth_subject_type: '',
  }
}

function create(context: DouyinContext): WireValue {
  const grant = textParam(context, 'grant_type')
  if (grant === 'authorization_self') return tokenData(context, context.tokens.renew(idParam(context, 'shop_id')))
  if (grant === 'authorization_code') return tokenData(context, context.tokens.redeem(textParam(context, 'code')))
  throw invalidParam('grant_type')
}

function refresh(context: DouyinContext): WireValue {
  if (textParam(context, 'grant_type') !== 'refresh_token') throw invalidParam('grant_type')
  return tokenData(context, context.tokens.refresh(textParam(context, 'refresh_token')))
}

export const accountApis: Readonly<Record<string, DouyinApi>> = {
  'token.create': { run: create, quotas: [], withoutToken: true },
  'token.refresh': { run: refresh, quotas: [], withoutToken: true },
}
