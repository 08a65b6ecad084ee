import type { PageRequest } from '../http/authorise-page'
import type { Call } from '../http/http-service'

export const AUTHORISE_PATH = '/authorize'

/** `GET /authorize?service_id=&state=`: where the browser is sent back is a setting of the app. */
export function pageRequestOf(
  { query }: Call,
  service: string | undefined,
  returnUrl: string | undefined,
): PageRequest {
  if (service === undefined || query.get('service_id') !== service) return { refused: '服务不存在：service_id 有误' }
  if (returnUrl === undefined) return { refused: '应用没有设置回调地址' }
  return { returnUrl, state: query.get('state') ?? '' }
}
