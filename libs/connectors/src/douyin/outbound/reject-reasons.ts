import type { Answer, CaseReference, RejectReason, ReturnAddress, StoreSession, CallContext } from '../../contract'
import { asArray, asId, asInteger, asObject, asText } from '../../contract'
import { call } from './call'
import { questionLimits } from './limits'

/**
 * The reasons for rejecting this case (facts B2): there is no fixed table of codes. Empty before shipping, where there is
 * no rejecting (facts E13).
 */
export async function rejectReasons(
  ref: CaseReference,
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<readonly RejectReason[]>> {
  const params = { aftersale_id: ref.caseNumber }
  const said = await call(
    {
      method: 'afterSale.rejectReasonCodeList',
      params,
      limits: questionLimits(session),
      accessToken: session.accessToken,
    },
    session,
    ctx,
  )
  if (said.type !== 'ok') return said
  const reasons = asArray(asObject(said.value.answer['data'])?.['items']).flatMap((one): RejectReason[] => {
    const told = asObject(one)
    const code = asId(told?.['reject_reason_code'])
    const text = asText(told?.['reason'])
    if (code === undefined || text === undefined) return []
    const wanted = asText(told?.['evidence_description'])
    const evidenceNeeded = told?.['evidence_need'] === 'Y'
    return [{ code, text, evidenceNeeded, ...(wanted === undefined ? {} : { evidenceWanted: wanted }) }]
  })
  return { type: 'ok', value: reasons }
}

const PAGE = 100
const MOST_PAGES = 20

/** The store's address book (`address.list`), all pages; those of it to which goods come back are the merchant's to know. */
export async function returnAddresses(
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<readonly ReturnAddress[]>> {
  const found: ReturnAddress[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const params = { page_no: page, page_size: PAGE }
    const said = await call(
      { method: 'address.list', params, limits: questionLimits(session), accessToken: session.accessToken },
      session,
      ctx,
    )
    if (said.type !== 'ok') return said
    const data = asObject(said.value.answer['data'])
    const rows = asArray(data?.['address_list']).map(asObject)
    for (const row of rows) {
      const id = asId(row?.['address_id'])
      if (row === undefined || id === undefined) continue
      // The platform's own spelling.
      const places = ['receiver_provinc', 'receiver_city', 'receiver_district', 'receiver_street', 'receiver_detail']
      const label = places.map((name) => asText(row[name], 100)).filter((place) => place !== undefined)
      found.push({ id, label: label.join(' '), isDefault: asInteger(row['is_default']) === 1 })
    }
    if (rows.length < PAGE || found.length >= (asInteger(data?.['total']) ?? 0)) break
  }
  return { type: 'ok', value: found }
}
