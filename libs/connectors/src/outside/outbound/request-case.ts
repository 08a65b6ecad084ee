import type { Answer, CallContext, CaseReference, StoreSession } from '../../contract'
import { REQUEST_TYPES } from '../wire'
import { call } from './call'
import { NOT_PUBLISHING, caseRequestAnswerOf } from './publish-outcomes'

/** Asks the external adapter to report the case; each request is a message of its own. */
export async function requestCase(
  ref: CaseReference & { readonly case: string },
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<void>> {
  if (ctx.adapterPublisher === undefined) return NOT_PUBLISHING
  const { caseNumber, orderNumber } = ref
  const request = {
    id: `${ref.case}/show/${ctx.now()}`,
    type: REQUEST_TYPES.show,
    case: ref.case,
    body: JSON.stringify({ adapter: session.appKey, shop: session.shop, case: ref.case, caseNumber, orderNumber }),
  }
  return caseRequestAnswerOf(await call(request, session, ctx))
}
