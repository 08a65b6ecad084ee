import type { AddressInfo, Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { WakeUps } from './wake-ups'

const db = useTestDatabase()
const HOUR = 3_600_000
const never = new AbortController().signal

/** A proxy of the database whose connections can be cut; it then refuses `refuse` connections before it accepts one. */
class Line {
  private readonly calls = new Set<Socket>()
  refuse = 0
  private server: Server

  async open(target: URL): Promise<string> {
    this.server = createServer((socket) => {
      socket.on('error', () => undefined)
      if (this.refuse > 0) {
        this.refuse -= 1
        socket.destroy()
        return
      }
      const onward = connect(Number(target.port), target.hostname)
      onward.on('error', () => socket.destroy())
      this.calls.add(socket)
      socket.on('close', () => (this.calls.delete(socket), onward.destroy()))
      socket.pipe(onward).pipe(socket)
    })
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    const through = new URL(target)
    through.hostname = '127.0.0.1'
    through.port = String((this.server.address() as AddressInfo).port)
    return through.href
  }

  cut(): void {
    for (const socket of this.calls) socket.destroy()
  }

  get standing(): number {
    return this.calls.size
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
      const waiting = [wakeUps.wait(channel, HOUR, never), wakeUps.wait(channel, HOUR, never)]
      await notify(channel)
      await Promise.all(waiting)
    },
  )

  it('wakes no waiter of another channel', async () => {
    let woken = false
    const stopping = new AbortController()
    const other = wakeUps.wait('shouhou_outgoing', HOUR, stopping.signal).then(() => (woken = true))
    const mine = wakeUps.wait('shouhou_pending', HOUR, never)
    await notify('shouhou_pending')
    await mine
    expect(woken).toBe(false)
    stopping.abort()
    await other
  })

  it('that does not ring is waited for until the time is over, or until the process stops', async () => {
    const stopping = new AbortController()
    const long = [
      wakeUps.wait('shouhou_pending', HOUR, stopping.signal),
      wakeUps.wait(undefined, HOUR, stopping.signal),
    ]
    await wakeUps.wait('shouhou_pending', 1, never)
    stopping.abort()
    await Promise.all(long)
    await wakeUps.wait('shouhou_pending', HOUR, stopping.signal)
  })
})

describe('the connection for wake-ups', () => {
  it('is one line again after the database was gone for several tries, and all look once at what they missed', async () => {
    const line = new Line()
    const wakeUps = new WakeUps(await line.open(new URL(db.url)))
    await wakeUps.start()
    expect(line.standing).toBe(1)
    line.refuse = 3
    const waiting = [wakeUps.wait('shouhou_pending', HOUR, never), wakeUps.wait('shouhou_reading', HOUR, never)]
    line.cut()
    await Promise.all(waiting)
    expect([line.refuse, line.standing]).toEqual([0, 1])
    const again = wakeUps.wait('shouhou_outgoing', HOUR, never)
    await notify('shouhou_outgoing')
    await again
    await wakeUps.stop()
    line.close()
  })

  it('ends with the process, and wakes all who wait', async () => {
    const line = new Line()
    const wakeUps = new WakeUps(await line.open(new URL(db.url)))
    await wakeUps.start()
    const waiting = [wakeUps.wait('shouhou_pending', HOUR, never), wakeUps.wait(undefined, HOUR, never)]
    await wakeUps.stop()
    await Promise.all(waiting)
    await wakeUps.wait('shouhou_pending', HOUR, never)
    line.close()
  })

  it('is not opened where `stop` was called while it was being opened', async () => {
    const line = new Line()
    const wakeUps = new WakeUps(await line.open(new URL(db.url)))
    const starting = wakeUps.start()
    await wakeUps.stop()
    await starting
    const listening = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`
    for (let n = -1; n !== 0;) [{ n }] = (await rowsOf<{ n: number }>(db, listening)) as [{ n: number }]
    line.close()
  })
})
