import { createHash } from 'node:crypto'
import type { Answer, CaseReference, InboundMessage, StoreSession, CallContext } from '../../contract'
import { asId } from '../../contract'
import { detailRateLimits } from './rate-limits'
import { call } from './call'
import { unwrapDetail } from '../inbound/translate-detail'

/** One case, whole. The call needs the order number as well, so without one it cannot be made. */
export async function read(
  { caseNumber, orderNumber }: CaseReference,
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<InboundMessage>> {
  if (orderNumber === undefined) return { type: 'refused', code: 'order-number', text: 'the order number is needed' }
  const answer = await call(
    {
      type: 'pdd.refund.information.get',
      params: { order_sn: orderNumber, after_sales_id: caseNumber },
      withToken: true,
      limits: detailRateLimits(session),
    },
    session,
    ctx,
  )
  if (answer.type !== 'ok') return answer
  const { text, json } = answer.value
  const answeredNumber = asId(unwrapDetail(json).id)
  if (answeredNumber !== caseNumber)
    return {
      type: 'unknown',
      why: answeredNumber === undefined ? 'an answer without a case' : 'an answer about another case',
    }
  const digest = createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16)
  return {
    type: 'ok',
    value: { channel: 'detail', key: `${caseNumber}:${ctx.now()}:${digest}`, shop: undefined, raw: text },
  }
}
