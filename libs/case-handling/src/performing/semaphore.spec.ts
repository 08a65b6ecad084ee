import { Semaphore } from './semaphore'

describe('a semaphore', () => {
  it('limits concurrency and keeps the order of arrival, also after a failure', async () => {
    const semaphore = new Semaphore(2)
    let running = 0
    let mostRunning = 0
    const order: number[] = []
    const runNumbered = (n: number): Promise<void> =>
      semaphore.run(async () => {
        order.push(n)
        mostRunning = Math.max(mostRunning, ++running)
        for (let i = 0; i < 5; i++) await Promise.resolve()
        running--
        if (n % 3 === 0) throw new Error('failed')
      })
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => runNumbered(n)))
    expect(mostRunning).toBe(2)
    expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(7)
    await semaphore.run(() => Promise.resolve(order.push(20)))
    expect(order.at(-1)).toBe(20)
  })
})
