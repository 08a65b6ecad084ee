import type { Answer, CaseReference, RejectReason, StoreSession, CallContext } from '../../contract'
import { asArray, asId, asObject, asText } from '../../contract'
import { call } from './call'
import { questionLimits } from './limits'

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
