import { createHash } from 'node:crypto'
import type { Answer, CallContext, CaseReference, InboundMessage, StoreSession } from '../../contract'
import { asId, asObject } from '../../contract'
import { call } from './call'
import { detailRateLimits } from './rate-limits'

/** Reads one whole case. */
export async function read(
  ref: CaseReference,
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<InboundMessage>> {
  const { accessToken } = session
  const params = { after_sale_id: ref.caseNumber, need_operation_record: false }
  const response = await call(
    { method: 'afterSale.Detail', params, limits: detailRateLimits(session), accessToken },
    session,
    ctx,
  )
  if (response.type !== 'ok') return response
  const { text, answer } = response.value
  const process = asObject(asObject(answer['data'])?.['process_info'])
  const answeredNumber = asId(asObject(process?.['after_sale_info'])?.['after_sale_id'])
  if (answeredNumber === undefined) return { type: 'unknown', why: 'a detail without after_sale_id' }
  if (answeredNumber !== ref.caseNumber) return { type: 'unknown', why: 'a detail of another case' }
  const digest = createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16)
  const key = `${ref.caseNumber}:${ctx.now()}:${digest}`
  return { type: 'ok', value: { channel: 'detail', key, shop: undefined, raw: text } }
}
