import { healthRoutes } from './health-routes'
import { LoopWatchdog } from './loop-watchdog'
import { Readiness } from './readiness'
import { serveWatch } from './watch-server'

const never = new Promise<never>(() => undefined)

describe('a process', () => {
  it('is ready while nothing is missing, and says what is', async () => {
    const answers = [undefined, 'The tables are older than the code.']
    const readiness = new Readiness(() => Promise.resolve(answers.shift()))
    expect(await readiness.notReadyReason()).toBeUndefined()
    expect(await readiness.notReadyReason()).toBe('The tables are older than the code.')
  })

  it('is not ready where the database fails, or takes too long to answer', async () => {
    expect(await new Readiness(() => Promise.reject(new Error('password "hunter2" is wrong'))).notReadyReason()).toBe(
      'The database does not answer.',
    )
    expect(await new Readiness(() => never, 1).notReadyReason()).toBe('The database does not answer.')
  })

  it('is not ready any more once it stops, not even for a check that has begun before', async () => {
    let answer: (lack: undefined) => void = () => undefined
    const readiness = new Readiness(() => new Promise((resolve) => (answer = resolve)))
    const asked = readiness.notReadyReason()
    readiness.drain()
    answer(undefined)
    expect([await asked, await readiness.notReadyReason()]).toEqual(['It is stopping.', 'It is stopping.'])
  })

  it('is idle when the last work in progress has ended, each counted once', async () => {
    const readiness = new Readiness(() => Promise.resolve(undefined))
    await readiness.waitUntilIdle(60_000)
    const [one, other] = [readiness.beginWork(), readiness.beginWork()]
    const order: string[] = []
    const settled = readiness.waitUntilIdle(60_000).then(() => order.push('settled'))
    one()
    one()
    await Promise.resolve()
    order.push('the other is done')
    other()
    await settled
    expect(order).toEqual(['the other is done', 'settled'])
  })

  it('does not wait forever for work that never ends', async () => {
    const readiness = new Readiness(() => Promise.resolve(undefined))
    readiness.beginWork()
    await readiness.waitUntilIdle(1)
  })
})

describe('a loop', () => {
  it('is stalled when one run takes longer than its limit; a failed run has ended', async () => {
    let now = 0
    const pulse = new LoopWatchdog(() => now)
    let end: (done: number) => void = () => undefined
    const receive = pulse.watch('receive', 100, () => new Promise<number>((resolve) => (end = resolve)))
    const fire = pulse.watch('fire', 100, () => Promise.reject(new Error('fell over')))
    const turn = receive()
    await expect(fire()).rejects.toThrow('fell over')
    now = 100
    expect(pulse.stalled()).toEqual([])
    now = 101
    expect(pulse.stalled()).toEqual(['receive'])
    end(7)
    expect([await turn, pulse.stalled()]).toEqual([7, []])
  })
})

describe('the monitoring server of a process', () => {
  it('reports whether it lives and may be given work, and nothing else', async () => {
    let now = 0
    const pulse = new LoopWatchdog(() => now)
    const readiness = new Readiness(() => Promise.resolve(undefined))
    const broken = { '/metrics': () => Promise.reject(new Error('the phone is 13800138000')) }
    const server = await serveWatch({ ...healthRoutes(readiness, pulse), ...broken }, { host: '127.0.0.1', port: 0 })
    const ask = async (path: string, method = 'GET'): Promise<string> => {
      const answer = await fetch(`${server.url}${path}`, { method })
      return `${answer.status} ${await answer.text()}`
    }
    const problem = (status: number, title: string, detail: string, instance?: string): string =>
      `${status} ${JSON.stringify({ type: 'about:blank', title, status, detail, instance })}`
    try {
      expect(await ask('/healthz')).toBe('200 {"status":"alive"}')
      expect(await ask('/readyz?verbose')).toBe('200 {"status":"ready"}')
      expect(await ask('/canary')).toBe(problem(404, 'Not Found', 'Nothing is to be seen here.'))
      expect(await ask('/healthz', 'POST')).toBe(problem(404, 'Not Found', 'Nothing is to be seen here.'))
      expect(await ask('/metrics')).toBe(problem(500, 'Internal Server Error', 'The answer could not be produced.'))
      void pulse.watch('publish', 10, () => never)()
      now = 11
      readiness.drain()
      expect(await ask('/healthz')).toBe(
        problem(503, 'Service Unavailable', 'These loops stand still: publish.', '/healthz'),
      )
      expect(await ask('/readyz')).toBe(problem(503, 'Service Unavailable', 'It is stopping.', '/readyz'))
    } finally {
      await server.close()
    }
  })

  it('is not opened where the port is taken', async () => {
    const first = await serveWatch({}, { host: '127.0.0.1', port: 0 })
    await expect(serveWatch({}, { host: '127.0.0.1', port: Number(new URL(first.url).port) })).rejects.toThrow(
      'EADDRINUSE',
    )
    await first.close()
  })
})
