import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import { Fifo } from '../collections/fifo'
import type { Faults } from '../faults/faults'
import { DAY } from '../world/platform-rules'
import type { Chance } from '../random'
import type { App } from '../world/shops'
import { detailType } from './trade/codes'
import type { Announcement } from '../world/announcement'
import type { World } from '../world/world'
import { messageDigest, sameText } from './signature'

export interface PendingMessage {
  readonly sequence: number
  readonly copy: number
  readonly shopId: string
  readonly type: string
  readonly content: string
  readonly atMs: number
  sends: number
}

interface InFlight {
  readonly message: PendingMessage
  readonly sentMs: number
}

export interface MessagesOptions {
  /** Real ms without an answer after which a message goes out again. */
  readonly redeliverMs: number
  readonly deadAfterMs: number
}

/** An unread message is dropped after so long. */
const RETENTION_MS = 7 * DAY
/** Messages that are sent and not acknowledged yet, on one connection. */
const MOST_IN_FLIGHT = 500

/**
 * The message service: one WebSocket for all shops of the app. A message stays until it is acknowledged or seven days old; what
 * is not acknowledged goes out again, now and then under another id, as the platform promises nothing about ids.
 */
export class PinduoduoPushes {
  readonly counted = { sent: 0, redelivered: 0, acked: 0, failed: 0, expired: 0, connections: 0 }
  readonly permittedSince: number
  private readonly sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 })
  private readonly waiting = new Fifo<PendingMessage>()
  private readonly inFlight = new Map<number, InFlight>()
  private readonly permitted = new Map<string, readonly string[]>()
  private readonly timer: NodeJS.Timeout
  private readonly delayed = new Set<NodeJS.Timeout>()
  private client: { socket: WebSocket; seenMs: number } | undefined
  private lastId = 0

  constructor(
    private readonly app: App,
    private readonly world: World,
    private readonly faults: Faults,
    private readonly chance: Chance,
    private readonly options: MessagesOptions = { redeliverMs: 3000, deadAfterMs: 180_000 },
  ) {
    this.permittedSince = world.clock.now()
    for (const shop of world.shops) if (shop.marketplace === 'pinduoduo') this.permitted.set(shop.id, [])
    this.timer = setInterval(() => this.redeliverDue(), Math.max(20, options.redeliverMs / 4))
    this.timer.unref()
  }

  /** Messages that no client has acknowledged. */
  get backlog(): number {
    return this.waiting.size + this.inFlight.size
  }

  get connected(): boolean {
    return this.client !== undefined
  }

  permit(shopId: string, topics: readonly string[]): void {
    this.permitted.set(shopId, topics)
  }

  topicsOf(shopId: string): readonly string[] | undefined {
    return this.permitted.get(shopId)
  }

  cancel(shopId: string): boolean {
    return this.permitted.delete(shopId)
  }

  attach(server: Server): void {
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (!this.hasValidDigest(request.url ?? '')) {
        socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
        return
      }
      this.sockets.handleUpgrade(request, socket, head, (client) => this.acceptClient(client))
    })
  }

  publish({ sequence, shop, record, notice, atMs }: Announcement): void {
    const topics = this.permitted.get(shop.id)
    if (topics === undefined || (topics.length > 0 && !topics.includes(notice.type))) return
    const content = JSON.stringify({
      mall_id: Number(shop.id),
      refund_fee: record.refundFen,
      bill_type: detailType[record.kind],
      modified: atMs,
      refund_id: Number(record.number),
      operation: notice.own?.['operation'],
      tid: record.orderNumber,
    })
    this.faults.deliveryOf('pinduoduo', sequence).copies.forEach((delayMs, copy) => {
      const message: PendingMessage = { sequence, copy, shopId: shop.id, type: notice.type, content, atMs, sends: 0 }
      if (delayMs === 0) return this.enqueue(message)
      const timer = setTimeout(() => {
        this.delayed.delete(timer)
        this.enqueue(message)
      }, delayMs)
      this.delayed.add(timer)
    })
  }

  snapshot(): PendingMessage[] {
    return [...[...this.inFlight.values()].map((entry) => entry.message), ...this.waiting.all()]
  }

  restore(messages: readonly PendingMessage[]): void {
    for (const message of messages) this.waiting.push({ ...message })
  }

  stop(): void {
    clearInterval(this.timer)
    for (const timer of this.delayed) clearTimeout(timer)
    this.client?.socket.terminate()
    this.sockets.close()
  }

  private enqueue(message: PendingMessage): void {
    this.waiting.push(message)
    this.send()
  }

  private hasValidDigest(url: string): boolean {
    const [clientId, ms, digest] =
      /^\/message\/([^/]+)\/(\d{10,16})\/([^/?]+)$/.exec(url.split('?')[0] ?? '')?.slice(1) ?? []
    if (clientId === undefined || ms === undefined || digest === undefined || clientId !== this.app.key) return false
    return sameText(digest.replaceAll('%3D', '='), messageDigest(clientId, ms, this.app.secret))
  }

  /** One connection an app: a newer one replaces the older. */
  private acceptClient(socket: WebSocket): void {
    const former = this.client
    this.client = { socket, seenMs: Date.now() }
    this.counted.connections++
    this.returnUnacked()
    former?.socket.close(4001, 'replaced by a newer connection')
    socket.on('message', (frame) => this.receive(socket, (frame as Buffer).toString('utf8')))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      if (this.client?.socket !== socket) return
      this.client = undefined
      this.returnUnacked()
    })
    this.send()
  }

  private receive(socket: WebSocket, text: string): void {
    if (this.client?.socket !== socket) return
    this.client.seenMs = Date.now()
    let frame: { commandType?: unknown; id?: unknown }
    try {
      frame = JSON.parse(text) as typeof frame
    } catch {
      socket.send(JSON.stringify({ commandType: 'Fail', time: Date.now(), failReason: 'not JSON' }))
      return
    }
    // Counted even where the message has gone out again meanwhile, under another id.
    if (frame.commandType === 'Fail') this.counted.failed++
    const entry = typeof frame.id === 'number' ? this.inFlight.get(frame.id) : undefined
    if (entry === undefined || frame.commandType !== 'Ack') return
    this.inFlight.delete(frame.id as number)
    this.counted.acked++
    this.send()
  }

  private send(): void {
    const socket = this.client?.socket
    if (socket === undefined) return
    while (this.inFlight.size < MOST_IN_FLIGHT) {
      const message = this.waiting.take()
      if (message === undefined) return
      if (this.world.clock.now() - message.atMs > RETENTION_MS) this.counted.expired++
      else this.transmit(socket, message, ++this.lastId)
    }
  }

  private transmit(socket: WebSocket, message: PendingMessage, id: number): void {
    const now = this.world.clock.now()
    const body = { type: message.type, mallID: Number(message.shopId), content: message.content }
    message.sends++
    this.counted[message.sends === 1 ? 'sent' : 'redelivered']++
    this.inFlight.delete(id)
    this.inFlight.set(id, { message, sentMs: Date.now() })
    socket.send(JSON.stringify({ id, commandType: 'Common', time: message.atMs, sendTime: now, message: body }))
  }

  /** Sends unacknowledged messages again. They are in the order of sending, so the scan ends at the first that is not due. */
  private redeliverDue(): void {
    const client = this.client
    if (client === undefined) return
    const now = Date.now()
    if (now - client.seenMs > this.options.deadAfterMs) return client.socket.terminate()
    for (const [id, entry] of this.inFlight) {
      if (now - entry.sentMs < this.options.redeliverMs) break
      const { message } = entry
      this.inFlight.delete(id)
      const sameId = this.chance.draw('repeat', message.sequence, message.copy, message.sends).chance(0.5)
      this.transmit(client.socket, message, sameId ? id : ++this.lastId)
    }
  }

  private returnUnacked(): void {
    this.waiting.putBack([...this.inFlight.values()].map((entry) => entry.message))
    this.inFlight.clear()
  }
}
