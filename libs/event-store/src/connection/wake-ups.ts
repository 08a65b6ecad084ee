import pg from 'pg'
import { parseDatabaseUrl } from './connection-options'
import { ignorePgVariables } from './pg-environment'
import { KEEP_ALIVE_AFTER_MS } from './database'

const WAKE_UP_CHANNELS = [
  'shouhou_pending',
  'shouhou_outgoing',
  'shouhou_reading',
  'shouhou_effect',
  'shouhou_batch',
  'shouhou_teamwork',
  'shouhou_presence',
] as const
/** The channels of NOTIFY that a loop can wait for. */
export type WakeUpChannel = (typeof WAKE_UP_CHANNELS)[number]

/** What a channel's notification says; `undefined`: some were lost, since the connection was down. */
export type NotificationListener = (payload: string | undefined) => void

/** Short, since waiters only poll until then; long enough not to press a server that starts. */
const RECONNECT_DELAY_MS = 500

/**
 * LISTEN and NOTIFY: wakes waiting loops when this or another process wrote something. Waiters also poll, so a lost
 * notification costs only a moment.
 */
export class WakeUps {
  private readonly waiting = new Map<WakeUpChannel, Set<() => void>>()
  private readonly listeners = new Map<WakeUpChannel, Set<NotificationListener>>()
  /** Waiters without a channel: only `stop` wakes them early. */
  private readonly waitingForTimeOnly = new Set<() => void>()
  private client: pg.Client | undefined
  private stopped = false

  constructor(private readonly url: string) {}

  async start(): Promise<void> {
    await this.connect()
  }

  async stop(): Promise<void> {
    this.stopped = true
    for (const channel of [...this.waiting.keys()]) this.wake(channel)
    for (const wake of [...this.waitingForTimeOnly]) wake()
    await this.client?.end().catch(() => undefined)
  }

  /** Calls `listener` for each notification until the returned function is called. */
  listen(channel: WakeUpChannel, listener: NotificationListener): () => void {
    const listeners = this.listeners.get(channel) ?? new Set()
    this.listeners.set(channel, listeners.add(listener))
    return () => void listeners.delete(listener)
  }

  wake(channel: WakeUpChannel, payload?: string): void {
    for (const listener of [...(this.listeners.get(channel) ?? [])]) listener(payload)
    const waiters = this.waiting.get(channel)
    this.waiting.delete(channel)
    waiters?.forEach((wake) => wake())
  }

  /** Resolves at the next notification, after `ms`, or when stopped; without a channel only the time counts. */
  wait(channel: WakeUpChannel | undefined, ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.stopped) return Promise.resolve()
    return new Promise((resolve) => {
      const waiters = channel === undefined ? this.waitingForTimeOnly : (this.waiting.get(channel) ?? new Set())
      if (channel !== undefined) this.waiting.set(channel, waiters)
      const wakeUp = (): void => {
        clearTimeout(timer)
        waiters.delete(wakeUp)
        signal.removeEventListener('abort', wakeUp)
        resolve()
      }
      const timer = setTimeout(wakeUp, ms)
      signal.addEventListener('abort', wakeUp, { once: true })
      waiters.add(wakeUp)
    })
  }

  private async connect(): Promise<void> {
    ignorePgVariables()
    const { applicationName: application_name, ...server } = parseDatabaseUrl(this.url)
    const client = new pg.Client({
      ...server,
      ...(application_name === undefined ? {} : { application_name }),
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
      connectionTimeoutMillis: 5_000,
    })
    client.on('notification', ({ channel, payload = '' }) => this.wake(channel as WakeUpChannel, payload))
    // Every failure ends the connection, also while connecting, so reconnecting starts in one place: at its end.
    client.on('error', () => undefined)
    client.once('end', () => this.reconnect())
    try {
      await client.connect()
      await client.query(WAKE_UP_CHANNELS.map((channel) => `LISTEN ${channel}`).join('; '))
      this.client = client
      if (this.stopped) await client.end()
      // Notifications sent while the connection was down are lost.
      else WAKE_UP_CHANNELS.forEach((channel) => this.wake(channel))
    } catch {
      await client.end().catch(() => undefined)
    }
  }

  private reconnect(): void {
    this.client = undefined
    if (!this.stopped) setTimeout(() => !this.stopped && void this.connect(), RECONNECT_DELAY_MS).unref()
  }
}
