import type { AdapterPublisher, CallContext, StoreSession } from '../../contract'
import { signatureOf } from '../sign'

/** One message for an external adapter, before it is signed. */
export interface AdapterRequest {
  /** A repeated request has the same id. */
  readonly id: string
  readonly type: string
  /** Our id of the case. */
  readonly case: string
  readonly body: string
}

export type PublishResult = Awaited<ReturnType<AdapterPublisher['publish']>>

/** Publishes one signed message for the external adapter. Never throws. */
export async function call(
  request: AdapterRequest,
  { appKey, appSecret }: StoreSession,
  { adapterPublisher, now }: CallContext,
): Promise<PublishResult> {
  const message = { ...request, adapter: appKey, signature: signatureOf(request, appSecret), at: now() }
  try {
    // Without a publisher nothing is sent, as where no broker is reached; both callers check for it first.
    return (await adapterPublisher?.publish(message)) ?? 'unreached'
  } catch {
    // An internal error: the message may have been published anyway.
    return 'unknown'
  }
}
