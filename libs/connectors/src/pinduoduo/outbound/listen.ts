import type { AppCredentials, ConnectionNotices, MessageSink, CallContext } from '../../contract'
import { pause, redactSecrets } from '../../contract'
import type { ConnectionTimings } from './websocket-connection'
import { runConnection, DOCUMENTED_TIMINGS } from './websocket-connection'
import { frameQueueOf } from './frame-queue'
import { messageDigest } from '../sign'

type ListeningApp = AppCredentials & { readonly endpoints: Readonly<Record<string, string>> }

/**
 * Holds the app's one connection for all its shops until stopped. Only one process may do so at a time: a
 * second connection replaces the first.
 */
export async function listen(
  app: ListeningApp,
  sink: MessageSink,
  notices: ConnectionNotices,
  ctx: CallContext,
  timings: ConnectionTimings = DOCUMENTED_TIMINGS,
): Promise<void> {
  const queue = frameQueueOf(sink)
  let failures = 0
  while (!ctx.signal.aborted) {
    const since = performance.now()
    const why = await runConnection({
      address: addressOf(app, ctx.now()),
      queue,
      timings,
      now: () => ctx.now(),
      signal: ctx.signal,
      connected: () => notices.connected(ctx.now()),
      received: () => {
        failures = 0
      },
    })
    if (performance.now() - since > timings.maxDelayMs) failures = 0
    notices.disconnected(ctx.now(), redactSecrets(why, app))
    await waitOrStop(delayBefore(failures++, timings), ctx.signal)
  }
  await queue.idle()
}

/** Grows with each failure and differs by chance, so that many apps do not reconnect at the same instant. */
function delayBefore(failures: number, { firstDelayMs, maxDelayMs }: ConnectionTimings): number {
  const capped = Math.min(maxDelayMs, firstDelayMs * 2 ** Math.min(failures, 16))
  return capped / 2 + Math.random() * (capped / 2)
}

async function waitOrStop(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  try {
    await pause(ms, signal)
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

/** `wss://host/message/{client_id}/{ms}/{digest}`; a setting may give the host alone or the path as well. */
export function addressOf({ appKey, appSecret, endpoints }: ListeningApp, ms: number): string {
  const base = (endpoints.messages ?? '').replace(/(?<!\/)\/+$/, '').replace(/\/message$/, '')
  return `${base}/message/${encodeURIComponent(appKey)}/${ms}/${messageDigest(appKey, ms, appSecret)}`
}
