import { pause, slidingWindowLimiter } from './rate-limiter'

const limit = { key: 'list', calls: 3, windowMs: 1000 }
const never = new AbortController().signal

describe('the rate limiter', () => {
  beforeEach(() => jest.useFakeTimers({ now: 1_700_000_000_000 }))
  afterEach(() => jest.useRealTimers())

  /** When each of so many calls was admitted, in ms from now. */
  async function admitted(calls: number, ask: () => Promise<void>, withinMs: number): Promise<number[]> {
    const start = Date.now()
    const times: number[] = []
    for (let i = 0; i < calls; i++) void ask().then(() => times.push(Date.now() - start))
    await jest.advanceTimersByTimeAsync(withinMs)
    return times
  }

  it('admits as many calls as the window allows, and the next when the first has left it', async () => {
    const limiter = slidingWindowLimiter()
    const times = await admitted(7, () => limiter.admit([limit], never), 5000)
    expect(times).toEqual([0, 0, 0, 1025, 1025, 1025, 2050])
  })

  it('never admits more calls in any window of that length', async () => {
    const limiter = slidingWindowLimiter()
    const start = Date.now()
    const times: number[] = []
    for (let at = 0; at < 5000; at += 130) {
      void limiter.admit([limit], never).then(() => times.push(Date.now() - start))
      await jest.advanceTimersByTimeAsync(130)
    }
    await jest.advanceTimersByTimeAsync(60_000)
    expect(times).toHaveLength(39)
    for (const from of times) expect(times.filter((at) => at >= from && at < from + 1000).length).toBeLessThanOrEqual(3)
  })

  it('keeps every limit of a call, and each key for itself', async () => {
    const limiter = slidingWindowLimiter()
    const shop = { key: 'shop:1', calls: 1, windowMs: 2000 }
    expect(await admitted(2, () => limiter.admit([limit, shop], never), 5000)).toEqual([0, 2025])
    expect(await admitted(1, () => limiter.admit([{ ...shop, key: 'shop:2' }], never), 10)).toEqual([0])
  })

  it('keeps a short and a long window on one key', async () => {
    const limiter = slidingWindowLimiter()
    const both = [
      { key: 'k', calls: 2, windowMs: 100 },
      { key: 'k', calls: 4, windowMs: 10_000 },
    ]
    // One call counts once for each limit, so the long window of four takes two calls.
    const times = await admitted(3, () => limiter.admit(both, never), 30_000)
    expect(times).toEqual([0, 125, 10_025])
  })

  it('holds every call back when the marketplace asks for it', async () => {
    const limiter = slidingWindowLimiter()
    limiter.hold([limit], 5000)
    limiter.hold([limit], 1000)
    expect(await admitted(1, () => limiter.admit([limit], never), 10_000)).toEqual([5000])
  })

  it('holds for longer than a timer can run', async () => {
    const limiter = slidingWindowLimiter()
    limiter.hold([limit], 40 * 24 * 3_600_000)
    expect(await admitted(1, () => limiter.admit([limit], never), 3_600_000)).toEqual([])
  })

  it('stops waiting when it is aborted, and counts no call that was not made', async () => {
    const limiter = slidingWindowLimiter()
    const stop = new AbortController()
    await admitted(3, () => limiter.admit([limit], never), 0)
    const waiting = limiter.admit([limit], stop.signal)
    stop.abort(new Error('stopped'))
    await expect(waiting).rejects.toThrow('stopped')
    await expect(limiter.admit([limit], stop.signal)).rejects.toThrow('stopped')
    expect(await admitted(3, () => limiter.admit([limit], never), 2000)).toEqual([1025, 1025, 1025])
  })

  it('a pause does not begin if it was stopped before', async () => {
    await expect(pause(1000, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped')
    expect(jest.getTimerCount()).toBe(0)
  })
})
