import { WakeUps } from '#event-store'
import { runLoop } from './loop'

/** WakeUps without a connection, woken by the test. */
const wakeUps = new WakeUps('')
const HOUR = 3_600_000

/** Runs a loop whose n-th run of its body is the n-th of these; the loop is stopped in the last. */
async function runTurns(...turns: (() => number | Promise<number>)[]): Promise<{ turns: number; warnings: string[] }> {
  const stopping = new AbortController()
  const warnings: string[] = []
  let turnIndex = 0
  await runLoop(
    async () => {
      const turn = turns[turnIndex++]
      if (turnIndex === turns.length) stopping.abort()
      return turn?.() ?? 0
    },
    {
      name: 'receive',
      channel: 'shouhou_pending',
      idleMs: 0,
      signal: stopping.signal,
      wakeUps,
      journal: { info: () => undefined, warn: (message, error) => void warnings.push(`${message}: ${String(error)}`) },
    },
  )
  return { turns: turnIndex, warnings }
}

const failingTurn = (): never => {
  throw new Error('the database is away')
}

describe('a loop', () => {
  it('runs its body until it is stopped, and finishes the run in progress', async () => {
    let finished = false
    await runTurns(
      () => 1,
      () => 0,
      () => Promise.resolve().then(() => ((finished = true), 1)),
    )
    expect(finished).toBe(true)
  })

  it('runs its body again at once while there is work, and waits when there is none', async () => {
    const stopping = new AbortController()
    const waits: (string | undefined)[] = []
    const itemsPerTurn = [3, 2, 0, 1, 0]
    class RecordingWakeUps extends WakeUps {
      override wait(...[channel]: Parameters<WakeUps['wait']>): Promise<void> {
        waits.push(`${channel} before turn ${6 - itemsPerTurn.length}`)
        if (itemsPerTurn.length === 0) stopping.abort()
        return Promise.resolve()
      }
    }
    const journal = { info: () => undefined, warn: () => undefined }
    const options = {
      name: 'receive',
      channel: 'shouhou_pending',
      idleMs: HOUR,
      signal: stopping.signal,
      wakeUps: new RecordingWakeUps(''),
      journal,
    } as const
    await runLoop(() => Promise.resolve(itemsPerTurn.shift() ?? 0), options)
    expect(waits).toEqual(['shouhou_pending before turn 4', 'shouhou_pending before turn 6'])
  })

  it('continues after an error, and logs it', async () => {
    expect(
      await runTurns(
        failingTurn,
        () => 1,
        failingTurn,
        () => 0,
      ),
    ).toEqual({
      turns: 4,
      warnings: [
        'receive failed and is retried in 100 ms: Error: the database is away',
        'receive failed and is retried in 100 ms: Error: the database is away',
      ],
    })
  })

  it('pauses longer with every failure, and from the beginning after a success', async () => {
    const pauses: number[] = []
    const stopping = new AbortController()
    class InstantWakeUps extends WakeUps {
      override wait(...[channel, ms]: Parameters<WakeUps['wait']>): Promise<void> {
        if (channel === undefined) pauses.push(ms)
        return Promise.resolve()
      }
    }
    const turns = [...Array.from({ length: 8 }, () => failingTurn), () => 1, failingTurn, () => stopping.abort()]
    const body = async (): Promise<number> => Number(turns.shift()?.() ?? 0)
    const journal = { info: () => undefined, warn: () => undefined }
    await runLoop(body, {
      name: 'x',
      channel: 'shouhou_pending',
      idleMs: 0,
      signal: stopping.signal,
      wakeUps: new InstantWakeUps(''),
      journal,
    })
    expect(pauses).toEqual([100, 200, 400, 800, 1600, 3200, 5000, 5000, 100])
  })

  it('logs about once a minute while it keeps failing', async () => {
    const stopping = new AbortController()
    const warnings: string[] = []
    class InstantWakeUps extends WakeUps {
      override wait = (): Promise<void> => Promise.resolve()
    }
    const turns = [...Array.from({ length: 6 + 25 }, () => failingTurn), () => stopping.abort()]
    const body = async (): Promise<number> => Number(turns.shift()?.() ?? 0)
    const journal = { info: () => undefined, warn: (message: string) => warnings.push(message) }
    await runLoop(body, {
      name: 'x',
      channel: 'shouhou_pending',
      idleMs: 0,
      signal: stopping.signal,
      wakeUps: new InstantWakeUps(''),
      journal,
    })
    expect(warnings.slice(5)).toEqual([3200, 5000, 5000, 5000].map((ms) => `x failed and is retried in ${ms} ms`))
  })

  it('logs nothing when its body fails because the loop is stopped', async () => {
    expect((await runTurns(() => 1, failingTurn)).warnings).toEqual([])
  })

  it('stops in the middle of a long wait', async () => {
    const stopping = new AbortController()
    const journal = { info: () => undefined, warn: () => undefined }
    const running = runLoop(() => Promise.resolve(0), {
      name: 'x',
      channel: 'shouhou_pending',
      idleMs: HOUR,
      signal: stopping.signal,
      wakeUps,
      journal,
    })
    stopping.abort()
    await running
  })
})
