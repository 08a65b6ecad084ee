import type { ActionOrder, Answer, CaseReference, Outbound, Performed, StoreSession, CallContext } from '../../contract'
import { signatureOf } from '../sign'

/** Where nothing is handed out nobody hears us; somebody may set that right. */
const NOBODY_HEARS_MS = 60_000
const UNREACHED_MS = 2_000

const NO_CALL = { type: 'refused', code: 'ours:no-call', text: 'adapters outside are not called' } as const
const notCalled = (): Promise<typeof NO_CALL> => Promise.resolve(NO_CALL)

/** Nothing is called here: it is handed out, and answered by reports. */
export const outbound: Outbound = { pull: notCalled, read: notCalled, refresh: notCalled, perform, ask }

/**
 * To hand out is to send: from then on somebody else may carry it out, until it expires. Its id is that of the claim, so
 * that a repetition of the message is known for one, and a later claim for another.
 */
async function perform(order: ActionOrder, session: StoreSession, ctx: CallContext): Promise<Performed> {
  const { handingOut } = ctx
  const { claim } = order
  if (handingOut === undefined || claim === undefined)
    return { type: 'try-later', afterMs: NOBODY_HEARS_MS, why: 'nothing is handed out here' }
  try {
    await ctx.pace.admit([], ctx.signal)
  } catch {
    return { type: 'try-later', afterMs: 0, why: 'stopped before anything was handed out' }
  }
  const { answerMs } = handingOut
  const body = JSON.stringify(actOf(order, session, ctx.now() + answerMs))
  switch (await tell({ id: `${claim.effect}/${claim.token}`, type: 'act.v1', case: claim.case, body }, session, ctx)) {
    case 'handed-out':
      return { type: 'handed-out', answerMs }
    case 'unreached':
      return { type: 'try-later', afterMs: UNREACHED_MS, why: 'the brokers could not be reached' }
    case 'unsaid':
      return { type: 'refused', code: 'ours:cannot-be-said', text: '' }
    case 'unknown':
      return { type: 'unknown', why: 'no answer of the brokers' }
  }
}

/** The message `act.v1`. Pure. `expires`: UTC ms. */
export function actOf(
  { claim, evidence, action, ...order }: ActionOrder,
  { appKey, shop }: StoreSession,
  expires: number,
): object {
  const { revision, status, ...told } = order
  return {
    adapter: appKey,
    shop,
    case: claim?.case,
    effect: claim?.effect,
    token: claim?.token,
    expires,
    judged: revision,
    raw: status,
    ...told,
    action,
    ...(evidence === undefined ? {} : { hosted: evidence }),
  }
}

/** The case is asked for, once for each time that somebody wants it shown. */
async function ask(
  ref: CaseReference & { readonly case: string },
  session: StoreSession,
  ctx: CallContext,
): Promise<Answer<void>> {
  const { caseNumber, orderNumber } = ref
  const body = JSON.stringify({ adapter: session.appKey, shop: session.shop, case: ref.case, caseNumber, orderNumber })
  if (ctx.handingOut === undefined)
    return { type: 'try-later', afterMs: NOBODY_HEARS_MS, why: 'nothing is handed out here' }
  const told = await tell({ id: `${ref.case}/show/${ctx.now()}`, type: 'show.v1', case: ref.case, body }, session, ctx)
  if (told === 'handed-out') return { type: 'ok', value: undefined }
  // To ask twice does no harm.
  return told === 'unsaid'
    ? { ...NO_CALL, code: 'ours:cannot-be-said' }
    : { type: 'try-later', afterMs: UNREACHED_MS, why: 'the brokers gave no answer' }
}

async function tell(
  message: { readonly id: string; readonly type: string; readonly case: string; readonly body: string },
  { appKey, appSecret }: StoreSession,
  { handingOut, now }: CallContext,
): Promise<'handed-out' | 'unreached' | 'unknown' | 'unsaid'> {
  try {
    return (
      (await handingOut?.tell({
        ...message,
        adapter: appKey,
        signature: signatureOf(message, appSecret),
        at: now(),
      })) ?? 'unreached'
    )
  } catch {
    // A fault of ours, wherever it was: it may have been told.
    return 'unknown'
  }
}
