import type { AppCredentials, ConnectionNotices, MessageSink, CallContext } from '../../contract'
import { pause, redactSecrets } from '../../contract'
import type { ConnectionTimings } from './websocket-connection'
import { runConnection, DOCUMENTED_TIMINGS } from './websocket-connection'
import { createFrameQueue } from './frame-queue'
import { connectionDigest } from '../sign'

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
  const queue = createFrameQueue(sink)
  let failures = 0
  while (!ctx.signal.aborted) {
    const startedAt = performance.now()
    const endReason = await runConnection({
      url: buildConnectionUrl(app, ctx.now()),
      queue,
      timings,
      now: () => ctx.now(),
      signal: ctx.signal,
      onConnected: () => notices.connected(ctx.now()),
      onReceived: () => {
        failures = 0
      },
    })
    if (performance.now() - startedAt > timings.maxDelayMs) failures = 0
    notices.disconnected(ctx.now(), redactSecrets(endReason, app))
    await waitOrStop(reconnectDelayMs(failures++, timings), ctx.signal)
  }
  await queue.idle()
}

/** Doubles with each failure up to the maximum. Half of it is random, so that many apps do not reconnect at the same instant. */
function reconnectDelayMs(failures: number, { firstDelayMs, maxDelayMs }: ConnectionTimings): number {
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
export function buildConnectionUrl({ appKey, appSecret, endpoints }: ListeningApp, ms: number): string {
  const base = (endpoints.messages ?? '').replace(/(?<!\/)\/+$/, '').replace(/\/message$/, '')
  return `${base}/message/${encodeURIComponent(appKey)}/${ms}/${connectionDigest(appKey, ms, appSecret)}`
}
