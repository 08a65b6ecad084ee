import type { Answer, ReturnAddress, StoreSession, CallContext } from '../../contract'
import { asArray, asId, asObject, asText } from '../../contract'
import { addressRateLimits } from './rate-limits'
import { call } from './call'

const ADDRESS_FIELDS = ['province_name', 'city_name', 'district_name', 'refund_address'] as const

/** The shop's return addresses that the platform marks legal and valid. */
export async function returnAddresses(
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<readonly ReturnAddress[]>> {
  const response = await call(
    { type: 'pdd.refund.address.list.get', params: {}, withToken: true, limits: addressRateLimits(session) },
    session,
    ctx,
  )
  if (response.type !== 'ok') return response
  const list = asObject(response.value.json.refund_address_list_get_response)?.refund_address_list
  if (list === undefined) return { type: 'unknown', why: 'an answer without a list of addresses' }
  const addresses = asArray(list).flatMap((one): ReturnAddress[] => {
    const address = asObject(one)
    const id = asId(address?.refund_address_id) ?? asId(address?.id)
    if (address === undefined || id === undefined || address.is_legal === false || address.is_validated === false)
      return []
    const label = ADDRESS_FIELDS.map((name) => asText(address[name], 100)).filter((place) => place !== undefined)
    return [{ id, label: label.join(' '), isDefault: isYes(address.is_default) }]
  })
  return { type: 'ok', value: addresses }
}

/** The values of `is_default` are not documented: every usual form of "yes" is accepted. */
const isYes = (value: unknown): boolean => value === true || /^(?:y|yes|true|1)$/i.test(String(value))
