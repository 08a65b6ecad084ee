import type { Answer, CallContext, ReturnAddress, StoreSession } from '../../contract'
import { asArray, asId, asInteger, asObject, asText } from '../../contract'
import { call } from './call'
import { lookupRateLimits } from './rate-limits'

const PAGE_SIZE = 100
/** Far more than a store has: a list that never ends must not be read forever. */
const MAX_PAGES = 20

/** The store's whole address book (`address.list`); only the merchant knows which of the addresses receive returns. */
export async function returnAddresses(
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<readonly ReturnAddress[]>> {
  const addresses: ReturnAddress[] = []
  for (let page = 1; page <= MAX_PAGES; page++) {
    const params = { page_no: page, page_size: PAGE_SIZE }
    const response = await call(
      { method: 'address.list', params, limits: lookupRateLimits(session), accessToken: session.accessToken },
      session,
      ctx,
    )
    if (response.type !== 'ok') return response
    const data = asObject(response.value.answer['data'])
    const rows = asArray(data?.['address_list']).map(asObject)
    for (const row of rows) {
      const id = asId(row?.['address_id'])
      if (row === undefined || id === undefined) continue
      // `receiver_provinc` is the platform's own spelling.
      const addressFields = [
        'receiver_provinc',
        'receiver_city',
        'receiver_district',
        'receiver_street',
        'receiver_detail',
      ]
      const label = addressFields.map((name) => asText(row[name], 100)).filter((place) => place !== undefined)
      addresses.push({ id, label: label.join(' '), isDefault: asInteger(row['is_default']) === 1 })
    }
    if (rows.length < PAGE_SIZE || addresses.length >= (asInteger(data?.['total']) ?? 0)) break
  }
  return { type: 'ok', value: addresses }
}
