import type { PageRequest } from '../http/authorise-page'
import { isSameAddress } from '../http/authorise-page'
import type { Call } from '../http/http-service'

export const AUTHORISE_PATH = '/service-market/auth'

/** `GET /service-market/auth?response_type=code&client_id=&redirect_uri=&state=`: the address must be the one that the app is set to. */
export function pageRequestOf({ query }: Call, clientId: string, returnUrl: string | undefined): PageRequest {
  const [address, type] = [query.get('redirect_uri') ?? '', query.get('response_type')]
  if (type !== 'code') return { refused: 'response_type 应为 code' }
  if (query.get('client_id') !== clientId) return { refused: '应用不存在：client_id 有误' }
  if (returnUrl === undefined || !isSameAddress(address, returnUrl))
    return { refused: 'redirect_uri 与应用设置的回调地址不一致' }
  return { returnUrl: address, state: query.get('state') ?? '' }
}
