import { createHash } from 'node:crypto'
import type { Answer, CallContext, CaseReference, InboundMessage, StoreSession } from '../../contract'
import { asId } from '../../contract'
import { call } from './call'

/** Reads one whole case. */
export async function read(
  { caseNumber }: CaseReference,
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<InboundMessage>> {
  const answer = await call({ method: 'skeleton.case.get', params: { skeleton_case_id: caseNumber } }, session, ctx)
  if (answer.type !== 'ok') return answer
  const { text, data } = answer.value
  if (asId(data['skeleton_case_id']) !== caseNumber) return { type: 'unknown', why: 'an answer about another case' }
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return {
    type: 'ok',
    value: { channel: 'detail', key: `${caseNumber}:${ctx.now()}:${digest}`, shop: undefined, raw: text },
  }
}
