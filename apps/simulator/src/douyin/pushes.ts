import { Agent, request } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'
import { Fifo } from '../collections/fifo'
import type { Faults } from '../faults/faults'
import { Heap } from '../collections/heap'
import type { App } from '../world/shops'
import type { Announcement } from '../world/announcement'
import type { WireMessage } from './push-content'
import { wireMessage } from './push-content'
import { eventSign } from './signature'

/** A message that is not acknowledged yet, and how often it was sent. */
export interface PendingPush {
  readonly message: WireMessage
  readonly attempts: number
}

/** How messages are batched and retried. */
export interface PushOptions {
  /** Messages in one request at most. */
  batchSize: number
  /** Requests under way at most. */
  concurrency: number
  /** Real ms until the app must have answered. */
  readonly answerWithinMs: number
  /** Real ms before each further attempt; after the last the platform gives up. */
  readonly retryAfterMs: readonly number[]
}

export const defaultPushOptions: PushOptions = {
  batchSize: 10,
  concurrency: 8,
  answerWithinMs: 5000,
  retryAfterMs: [1000, 2000, 5000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000],
}

/** Douyin's message push: batches posted to the app's one URL, tried again with growing delay until they are acknowledged. */
export class DouyinPushes {
  readonly counted = { accepted: 0, refused: 0, givenUp: 0, requests: 0, withoutUrl: 0 }
  private readonly ready = new Fifo<PendingPush>()
  private readonly later = new Heap<{ at: number; push: PendingPush }>((a, b) => a.at < b.at)
  private readonly delayed = new Set<NodeJS.Timeout>()
  private readonly agents = { http: new Agent({ keepAlive: true }), https: new TlsAgent({ keepAlive: true }) }
  private retryTimer: NodeJS.Timeout | undefined
  private readonly underWay = new Set<readonly PendingPush[]>()
  private stopped = false
  private scheduled = false

  constructor(
    private readonly app: App,
    private readonly faults: Faults,
    readonly options: PushOptions,
    private target: string | undefined,
  ) {}

  get url(): string | undefined {
    return this.target
  }

  /** Messages that the app has not acknowledged yet. */
  get backlog(): number {
    let count = this.ready.size + this.later.size + this.delayed.size
    for (const batch of this.underWay) count += batch.length
    return count
  }

  /** Saving a URL posts a probe with tag "0"; unless it is acknowledged the URL is not accepted. Throws with the reason. */
  async setUrl(url: string): Promise<void> {
    new URL(url)
    const answer = await this.post(url, JSON.stringify([{ tag: '0', msg_id: `probe-${Date.now()}`, data: '' }]))
    if (answer !== 'accepted') throw new Error(`the push URL did not answer the probe well: ${answer}`)
    this.target = url
    this.scheduleSending()
  }

  /** As if a URL had been accepted in an earlier session. */
  useUrl(url: string | undefined): void {
    this.target = url
    this.scheduleSending()
  }

  publish(announcement: Announcement): void {
    // Without a URL there is nowhere to send to; messages are not kept until there is one.
    if (this.target === undefined) {
      this.counted.withoutUrl++
      return
    }
    const { record, sequence } = announcement
    const { copies } = this.faults.deliveryOf('douyin', sequence)
    if (copies.length === 0) return
    const message = wireMessage(announcement, this.faults.shownStatus(record.sequence, record.status))
    for (const delayMs of copies) {
      if (delayMs === 0) this.ready.push({ message, attempts: 0 })
      else {
        const timer = setTimeout(() => {
          this.delayed.delete(timer)
          this.ready.push({ message, attempts: 0 })
          this.scheduleSending()
        }, delayMs)
        this.delayed.add(timer)
      }
    }
    this.scheduleSending()
  }

  snapshot(): PendingPush[] {
    return [...[...this.underWay].flat(), ...this.later.all().map((entry) => entry.push), ...this.ready.all()]
  }

  restore(pushes: readonly PendingPush[]): void {
    for (const push of pushes) this.ready.push(push)
    this.scheduleSending()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.retryTimer)
    for (const timer of this.delayed) clearTimeout(timer)
    this.agents.http.destroy()
    this.agents.https.destroy()
  }

  /** Sends in the next turn of the event loop, so that messages of the same moment share a batch. */
  private scheduleSending(): void {
    if (this.scheduled || this.stopped) return
    this.scheduled = true
    setImmediate(() => {
      this.scheduled = false
      while (
        !this.stopped &&
        this.target !== undefined &&
        this.underWay.size < this.options.concurrency &&
        this.ready.size > 0
      )
        this.sendBatch(this.target)
    })
  }

  private sendBatch(url: string): void {
    const batch: PendingPush[] = []
    for (
      let push = this.ready.take();
      push !== undefined;
      push = batch.length < this.options.batchSize ? this.ready.take() : undefined
    )
      batch.push(push)
    this.underWay.add(batch)
    this.counted.requests++
    void this.post(url, JSON.stringify(batch.map((push) => push.message))).then((answer) => {
      this.underWay.delete(batch)
      if (answer === 'accepted') this.counted.accepted += batch.length
      else for (const push of batch) this.retry(push)
      this.scheduleSending()
    })
  }

  private retry(push: PendingPush): void {
    this.counted.refused++
    const wait = this.options.retryAfterMs[push.attempts]
    if (wait === undefined) this.counted.givenUp++
    else this.later.push({ at: Date.now() + wait, push: { ...push, attempts: push.attempts + 1 } })
    this.armRetry()
  }

  private armRetry(): void {
    clearTimeout(this.retryTimer)
    const next = this.later.peek()
    if (next === undefined || this.stopped) return
    this.retryTimer = setTimeout(
      () => {
        for (let due = this.later.peek(); due !== undefined && due.at <= Date.now(); due = this.later.peek()) {
          this.later.pop()
          this.ready.push(due.push)
        }
        this.armRetry()
        this.scheduleSending()
      },
      Math.max(0, next.at - Date.now()),
    )
    this.retryTimer.unref()
  }

  private post(url: string, body: string): Promise<string> {
    const tls = url.startsWith('https:')
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'app-id': this.app.key,
      'event-sign': eventSign(this.app.key, body, this.app.secret),
    }
    return new Promise((done) => {
      const outgoing = (tls ? tlsRequest : request)(
        url,
        { method: 'POST', headers, agent: tls ? this.agents.https : this.agents.http },
        (response) => {
          let text = ''
          response.setEncoding('utf8')
          response.on('data', (chunk: string) => (text = (text + chunk).slice(0, 65_536)))
          response.on('end', () =>
            done(response.statusCode === 200 && isAcknowledged(text) ? 'accepted' : `HTTP ${response.statusCode}`),
          )
          response.on('error', () => done('broken answer'))
        },
      )
      const limit = setTimeout(
        () => outgoing.destroy(new Error(`no answer in ${this.options.answerWithinMs} ms`)),
        this.options.answerWithinMs,
      )
      outgoing.on('error', (error) => done(error.message))
      outgoing.on('close', () => clearTimeout(limit))
      outgoing.end(body)
    })
  }
}

/** HTTP 200 alone is no acknowledgement: the body must contain `"code":0`. */
function isAcknowledged(text: string): boolean {
  try {
    const value = JSON.parse(text) as { code?: unknown } | null
    return value?.code === 0
  } catch {
    return false
  }
}
