import type { IssuedTokens } from '../http/tokens'
import type { WireValue } from '../http/wire-json'
import { chinaText } from '../http/wire-time'
import type { PinduoduoApi, PinduoduoContext } from './api'
import { PinduoduoError, missing } from './errors'

/** How much longer than the access token the refresh token lives. */
const REFRESH_MORE_S = 30 * 86_400

function tokenResponse(
  context: PinduoduoContext,
  name: string,
  issued: IssuedTokens | undefined,
  why: string,
): WireValue {
  if (issued === undefined) throw new PinduoduoError(50001, '业务服务错误', 'isv.token-service-error:3000000', why)
  const lifeS = Math.max(0, Math.floor((issued.expiresMs - Date.now()) / 1000))
  const access = { expires_in: lifeS, expires_at: Math.floor(issued.expiresMs / 1000) }
  const refresh = { expires_in: lifeS + REFRESH_MORE_S, expires_at: access.expires_at + REFRESH_MORE_S }
  return {
    [name]: {
      access_token: issued.accessToken,
      refresh_token: issued.refreshToken,
      ...access,
      refresh_token_expires_in: refresh.expires_in,
      refresh_token_expires_at: refresh.expires_at,
      owner_id: issued.shopId,
      owner_name: context.world.shop(issued.shopId)?.name ?? '',
      scope: context.apiNames,
      // Reading and writing, of two levels each: none ends earlier than the token.
      ...Object.fromEntries(
        ['r1', 'r2', 'w1', 'w2'].flatMap((level) => [
          [`${level}_expires_in`, access.expires_in],
          [`${level}_expires_at`, access.expires_at],
        ]),
      ),
    },
  }
}

function param(context: PinduoduoContext, name: string): string {
  const value = context.params[name]
  if (value === undefined || value === '') throw missing(name)
  return value
}

/** Tokens and the message service. */
export const accountApis: Readonly<Record<string, PinduoduoApi>> = {
  'pdd.pop.auth.token.create': {
    run: (context) =>
      tokenResponse(
        context,
        'pop_auth_token_create_response',
        context.tokens.redeem(param(context, 'code')),
        'code 无效',
      ),
    quotas: [],
    withoutToken: true,
  },
  'pdd.pop.auth.token.refresh': {
    run: (context) =>
      tokenResponse(
        context,
        'pop_auth_token_refresh_response',
        context.tokens.refresh(param(context, 'refresh_token')),
        'refresh_token 无效',
      ),
    quotas: [],
    withoutToken: true,
  },
  'pdd.pmc.user.permit': {
    run: (context) => {
      const topics = context.params['topics']
      context.messages.permit(context.shopId, topics === undefined || topics === '' ? [] : topics.split(','))
      return { pmc_user_permit_response: { is_success: true } }
    },
    quotas: [],
  },
  'pdd.pmc.user.get': {
    run: (context) => {
      const ownerId = param(context, 'owner_id')
      const topics = context.messages.topicsOf(ownerId)
      const since = chinaText(context.messages.permittedSince)
      return {
        pmc_user_get_response: {
          pmc_user:
            topics === undefined ? null : { created: since, is_expire: 0, modified: since, owner_id: ownerId, topics },
        },
      }
    },
    quotas: [],
    withoutToken: true,
  },
  'pdd.pmc.user.cancel': {
    // The document spells this one response key tmc_.
    run: (context) => ({
      tmc_user_cancel_response: { is_success: context.messages.cancel(param(context, 'owner_id')) },
    }),
    quotas: [],
    withoutToken: true,
  },
  'pdd.pmc.accrue.query': {
    run: (context) => ({ pmc_user_get_response: { number: context.messages.backlog } }),
    quotas: [{ scope: 'app', seconds: 1, calls: 1 }],
    withoutToken: true,
  },
}
