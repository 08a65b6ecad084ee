import type { Answer, ReturnAddress, StoreSession, CallContext } from '../../contract'
import { asArray, asId, asObject, asText } from '../../contract'
import { addressLimits } from './limits'
import { call } from './call'

const PLACES = ['province_name', 'city_name', 'district_name', 'refund_address'] as const

/** The shop's return addresses that the platform holds legal and valid. */
export async function returnAddresses(
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<readonly ReturnAddress[]>> {
  const said = await call(
    { type: 'pdd.refund.address.list.get', params: {}, withToken: true, limits: addressLimits(session) },
    session,
    ctx,
  )
  if (said.type !== 'ok') return said
  const list = asObject(said.value.json.refund_address_list_get_response)?.refund_address_list
  if (list === undefined) return { type: 'unknown', why: 'an answer without a list of addresses' }
  const addresses = asArray(list).flatMap((one): ReturnAddress[] => {
    const told = asObject(one)
    const id = asId(told?.refund_address_id) ?? asId(told?.id)
    if (told === undefined || id === undefined || told.is_legal === false || told.is_validated === false) return []
    const label = PLACES.map((name) => asText(told[name], 100)).filter((place) => place !== undefined)
    return [{ id, label: label.join(' '), isDefault: isYes(told.is_default) }]
  })
  return { type: 'ok', value: addresses }
}

/** A text without documented values: whatever looks like yes. */
const isYes = (value: unknown): boolean => value === true || /^(?:y|yes|true|1)$/i.test(String(value))
