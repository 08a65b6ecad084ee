import { Semaphore } from './semaphore'

describe('a turnstile', () => {
  it('limits concurrency and keeps the order of arrival, also after a failure', async () => {
    const turnstile = new Semaphore(2)
    let inside = 0
    let most = 0
    const order: number[] = []
    const pass = (n: number): Promise<void> =>
      turnstile.run(async () => {
        order.push(n)
        most = Math.max(most, ++inside)
        for (let i = 0; i < 5; i++) await Promise.resolve()
        inside--
        if (n % 3 === 0) throw new Error('failed')
      })
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => pass(n)))
    expect(most).toBe(2)
    expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n))
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(7)
    await turnstile.run(() => Promise.resolve(order.push(20)))
    expect(order.at(-1)).toBe(20)
  })
})
