import type { CallContext, AdapterPublisher, StoreSession } from '../../contract'
import { signatureOf } from '../sign'

export interface AdapterRequest {
  /** A repeated request has the same id. */
  readonly id: string
  readonly type: string
  /** Our id of the case. */
  readonly case: string
  readonly body: string
}

export type PublishResult = Awaited<ReturnType<AdapterPublisher['publish']>>

/** Publishes one signed message for the adapter. Never throws. */
export async function call(
  request: AdapterRequest,
  { appKey, appSecret }: StoreSession,
  { adapterPublisher, now }: CallContext,
): Promise<PublishResult> {
  const message = { ...request, adapter: appKey, signature: signatureOf(request, appSecret), at: now() }
  try {
    return (await adapterPublisher?.publish(message)) ?? 'unreached'
  } catch {
    // An internal error: the message may have been published anyway.
    return 'unknown'
  }
}
