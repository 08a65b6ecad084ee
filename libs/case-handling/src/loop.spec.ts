import { WakeUps } from '#event-store'
import { runLoop } from './loop'

/** WakeUps without a connection, woken by the test. */
const wakeUps = new WakeUps('')
const HOUR = 3_600_000

/** Runs a loop whose n-th turn does what the test sets; ends with the last of them. */
async function loopOf(...turns: (() => number | Promise<number>)[]): Promise<{ turns: number; troubles: string[] }> {
  const stopping = new AbortController()
  const troubles: string[] = []
  let n = 0
  await runLoop(
    async () => {
      const now = turns[n++]
      if (n === turns.length) stopping.abort()
      return now?.() ?? 0
    },
    {
      name: 'receive',
      channel: 'shouhou_pending',
      idleMs: 0,
      signal: stopping.signal,
      wakeUps,
      journal: { info: () => undefined, warn: (what, error) => void troubles.push(`${what}: ${String(error)}`) },
    },
  )
  return { turns: n, troubles }
}

const fails = (): never => {
  throw new Error('the database is away')
}

describe('a loop', () => {
  it('turns until it is stopped, and finishes the turn it is in', async () => {
    let finished = false
    await loopOf(
      () => 1,
      () => 0,
      () => Promise.resolve().then(() => ((finished = true), 1)),
    )
    expect(finished).toBe(true)
  })

  it('turns again at once while there is work, and waits when there is none', async () => {
    const stopping = new AbortController()
    const waits: (string | undefined)[] = []
    const done = [3, 2, 0, 1, 0]
    class Watched extends WakeUps {
      override wait(...[channel]: Parameters<WakeUps['wait']>): Promise<void> {
        waits.push(`${channel} before turn ${6 - done.length}`)
        if (done.length === 0) stopping.abort()
        return Promise.resolve()
      }
    }
    const journal = { info: () => undefined, warn: () => undefined }
    const options = {
      name: 'receive',
      channel: 'shouhou_pending',
      idleMs: HOUR,
      signal: stopping.signal,
      wakeUps: new Watched(''),
      journal,
    } as const
    await runLoop(() => Promise.resolve(done.shift() ?? 0), options)
    expect(waits).toEqual(['shouhou_pending before turn 4', 'shouhou_pending before turn 6'])
  })

  it('continues after an error, and logs it', async () => {
    expect(
      await loopOf(
        fails,
        () => 1,
        fails,
        () => 0,
      ),
    ).toEqual({
      turns: 4,
      troubles: [
        'receive failed and is retried in 100 ms: Error: the database is away',
        'receive failed and is retried in 100 ms: Error: the database is away',
      ],
    })
  })

  it('pauses longer with every failure, and from the beginning after a success', async () => {
    const pauses: number[] = []
    const stopping = new AbortController()
    class Patient extends WakeUps {
      override wait(...[channel, ms]: Parameters<WakeUps['wait']>): Promise<void> {
        if (channel === undefined) pauses.push(ms)
        return Promise.resolve()
      }
    }
    const outcomes = [...Array.from({ length: 8 }, () => fails), () => 1, fails, () => stopping.abort()]
    const body = async (): Promise<number> => Number(outcomes.shift()?.() ?? 0)
    const journal = { info: () => undefined, warn: () => undefined }
    await runLoop(body, {
      name: 'x',
      channel: 'shouhou_pending',
      idleMs: 0,
      signal: stopping.signal,
      wakeUps: new Patient(''),
      journal,
    })
    expect(pauses).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 100])
  })

  it('that keeps failing logs about once a minute', async () => {
    const stopping = new AbortController()
    const troubles: string[] = []
    class Patient extends WakeUps {
      override wait = (): Promise<void> => Promise.resolve()
    }
    const outcomes = [...Array.from({ length: 6 + 25 }, () => fails), () => stopping.abort()]
    const body = async (): Promise<number> => Number(outcomes.shift()?.() ?? 0)
    const journal = { info: () => undefined, warn: (what: string) => troubles.push(what) }
    await runLoop(body, {
      name: 'x',
      channel: 'shouhou_pending',
      idleMs: 0,
      signal: stopping.signal,
      wakeUps: new Patient(''),
      journal,
    })
    expect(troubles.slice(5)).toEqual([3200, 5000, 5000, 5000].map((ms) => `x failed and is retried in ${ms} ms`))
  })

  it('that fails because it is stopped logs nothing', async () => {
    expect((await loopOf(() => 1, fails)).troubles).toEqual([])
  })

  it('is stopped in the middle of a long wait', async () => {
    const stopping = new AbortController()
    const journal = { info: () => undefined, warn: () => undefined }
    const idle = runLoop(() => Promise.resolve(0), {
      name: 'x',
      channel: 'shouhou_pending',
      idleMs: HOUR,
      signal: stopping.signal,
      wakeUps,
      journal,
    })
    stopping.abort()
    await idle
  })
})
