import type { AddressInfo, Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { WakeUps } from './wake-ups'

const db = useTestDatabase()
const HOUR = 3_600_000
const neverAborted = new AbortController().signal

/** A TCP proxy of the database whose connections can be cut; it refuses `connectionsToRefuse` before it accepts one. */
class DatabaseProxy {
  private readonly sockets = new Set<Socket>()
  connectionsToRefuse = 0
  private server: Server

  async open(target: URL): Promise<string> {
    this.server = createServer((socket) => {
      socket.on('error', () => undefined)
      if (this.connectionsToRefuse > 0) {
        this.connectionsToRefuse -= 1
        socket.destroy()
        return
      }
      const upstream = connect(Number(target.port), target.hostname)
      upstream.on('error', () => socket.destroy())
      this.sockets.add(socket)
      socket.on('close', () => (this.sockets.delete(socket), upstream.destroy()))
      socket.pipe(upstream).pipe(socket)
    })
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    const proxyUrl = new URL(target)
    proxyUrl.hostname = '127.0.0.1'
    proxyUrl.port = String((this.server.address() as AddressInfo).port)
    return proxyUrl.href
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  get openConnections(): number {
    return this.sockets.size
  }

  close(): void {
    this.cut()
    this.server.close()
  }
}

const notify = (channel: string): Promise<unknown> => rowsOf(db, 'SELECT pg_notify($1, $2)', [channel, ''])

describe('a wake-up channel', () => {
  let wakeUps: WakeUps
  beforeAll(async () => {
    wakeUps = new WakeUps(db.url)
    await wakeUps.start()
  })
  afterAll(() => wakeUps.stop())

  it.each(['shouhou_pending', 'shouhou_outgoing', 'shouhou_reading'] as const)(
    '%s wakes all who wait for it',
    async (channel) => {
      const waiting = [wakeUps.wait(channel, HOUR, neverAborted), wakeUps.wait(channel, HOUR, neverAborted)]
      await notify(channel)
      await Promise.all(waiting)
    },
  )

  it('wakes no waiter of another channel', async () => {
    let woken = false
    const stopping = new AbortController()
    const other = wakeUps.wait('shouhou_outgoing', HOUR, stopping.signal).then(() => (woken = true))
    const mine = wakeUps.wait('shouhou_pending', HOUR, neverAborted)
    await notify('shouhou_pending')
    await mine
    expect(woken).toBe(false)
    stopping.abort()
    await other
  })

  it('without a notification wakes a waiter when its time is over, or when the process stops', async () => {
    const stopping = new AbortController()
    const long = [
      wakeUps.wait('shouhou_pending', HOUR, stopping.signal),
      wakeUps.wait(undefined, HOUR, stopping.signal),
    ]
    await wakeUps.wait('shouhou_pending', 1, neverAborted)
    stopping.abort()
    await Promise.all(long)
    await wakeUps.wait('shouhou_pending', HOUR, stopping.signal)
  })
})

describe('the connection for wake-ups', () => {
  it('is opened once after several failed attempts, and then wakes every waiter once', async () => {
    const proxy = new DatabaseProxy()
    const wakeUps = new WakeUps(await proxy.open(new URL(db.url)))
    await wakeUps.start()
    expect(proxy.openConnections).toBe(1)
    proxy.connectionsToRefuse = 3
    const waiting = [
      wakeUps.wait('shouhou_pending', HOUR, neverAborted),
      wakeUps.wait('shouhou_reading', HOUR, neverAborted),
    ]
    proxy.cut()
    await Promise.all(waiting)
    expect([proxy.connectionsToRefuse, proxy.openConnections]).toEqual([0, 1])
    const nextWait = wakeUps.wait('shouhou_outgoing', HOUR, neverAborted)
    await notify('shouhou_outgoing')
    await nextWait
    await wakeUps.stop()
    proxy.close()
  })

  it('ends with the process, and wakes all who wait', async () => {
    const proxy = new DatabaseProxy()
    const wakeUps = new WakeUps(await proxy.open(new URL(db.url)))
    await wakeUps.start()
    const waiting = [wakeUps.wait('shouhou_pending', HOUR, neverAborted), wakeUps.wait(undefined, HOUR, neverAborted)]
    await wakeUps.stop()
    await Promise.all(waiting)
    await wakeUps.wait('shouhou_pending', HOUR, neverAborted)
    proxy.close()
  })

  it('is not opened where `stop` was called while it was being opened', async () => {
    const proxy = new DatabaseProxy()
    const wakeUps = new WakeUps(await proxy.open(new URL(db.url)))
    const starting = wakeUps.start()
    await wakeUps.stop()
    await starting
    const listening = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`
    for (let n = -1; n !== 0;) [{ n }] = (await rowsOf<{ n: number }>(db, listening)) as [{ n: number }]
    proxy.close()
  })
})
