import pg from 'pg'
import { connectionOptionsOf } from './connection-options'
import { ignorePgVariables } from './pg-environment'
import { ASKED_AFTER_MS } from './database'

const BELLS = ['shouhou_pending', 'shouhou_outgoing', 'shouhou_reading', 'shouhou_effect'] as const
/** What can be waited for. */
export type Bell = (typeof BELLS)[number]

const RECONNECT_MS = 500

/**
 * Rings when another process, or this one, wrote something that is waited for. Only a wake-up: waiters also
 * looks by itself from time to time, so a bell that is lost costs a moment and nothing else.
 */
export class Bells {
  private readonly waiting = new Map<Bell, Set<() => void>>()
  /** Those who wait for no bell; only the end wakes them early. */
  private readonly patient = new Set<() => void>()
  private client: pg.Client | undefined
  private stopped = false

  constructor(private readonly url: string) {}

  async start(): Promise<void> {
    await this.connect()
  }

  async stop(): Promise<void> {
    this.stopped = true
    for (const bell of [...this.waiting.keys()]) this.ring(bell)
    for (const wake of [...this.patient]) wake()
    await this.client?.end().catch(() => undefined)
  }

  ring(bell: Bell): void {
    const all = this.waiting.get(bell)
    this.waiting.delete(bell)
    all?.forEach((wake) => wake())
  }

  /** Resolves at the next ring, after `ms`, or when stopped; without a bell only the time counts. */
  wait(bell: Bell | undefined, ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || this.stopped) return Promise.resolve()
    return new Promise((resolve) => {
      const set = bell === undefined ? this.patient : (this.waiting.get(bell) ?? new Set())
      if (bell !== undefined) this.waiting.set(bell, set)
      const done = (): void => {
        clearTimeout(timer)
        set.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done, { once: true })
      set.add(done)
    })
  }

  private async connect(): Promise<void> {
    ignorePgVariables()
    const { applicationName: application_name, ...server } = connectionOptionsOf(this.url)
    const client = new pg.Client({
      ...server,
      ...(application_name === undefined ? {} : { application_name }),
      keepAlive: true,
      keepAliveInitialDelayMillis: ASKED_AFTER_MS,
      connectionTimeoutMillis: 5_000,
    })
    client.on('notification', ({ channel }) => this.ring(channel as Bell))
    // Every failure ends the connection, also one while connecting, so there is one place from which it is tried again.
    client.on('error', () => undefined)
    client.once('end', () => this.reconnect())
    try {
      await client.connect()
      await client.query(BELLS.map((bell) => `LISTEN ${bell}`).join('; '))
      this.client = client
      if (this.stopped) await client.end()
      // Notifications sent while the connection was down are lost.
      else BELLS.forEach((bell) => this.ring(bell))
    } catch {
      await client.end().catch(() => undefined)
    }
  }

  private reconnect(): void {
    this.client = undefined
    if (!this.stopped) setTimeout(() => !this.stopped && void this.connect(), RECONNECT_MS).unref()
  }
}
