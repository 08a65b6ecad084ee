import type { Answer, CaseReference, RejectReason, StoreSession, CallContext } from '../../contract'
import { asArray, asId, asObject, asText } from '../../contract'
import { call } from './call'
import { lookupRateLimits } from './rate-limits'

/**
 * The reasons for rejecting this case: there is no fixed table of codes. Empty before shipping, where there is
 * no rejecting.
 */
export async function rejectReasons(
  ref: CaseReference,
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<readonly RejectReason[]>> {
  const params = { aftersale_id: ref.caseNumber }
  const response = await call(
    {
      method: 'afterSale.rejectReasonCodeList',
      params,
      limits: lookupRateLimits(session),
      accessToken: session.accessToken,
    },
    session,
    ctx,
  )
  if (response.type !== 'ok') return response
  const reasons = asArray(asObject(response.value.answer['data'])?.['items']).flatMap((one): RejectReason[] => {
    const item = asObject(one)
    const code = asId(item?.['reject_reason_code'])
    const text = asText(item?.['reason'])
    if (code === undefined || text === undefined) return []
    const wanted = asText(item?.['evidence_description'])
    const evidenceNeeded = item?.['evidence_need'] === 'Y'
    return [{ code, text, evidenceNeeded, ...(wanted === undefined ? {} : { evidenceWanted: wanted }) }]
  })
  return { type: 'ok', value: reasons }
}
