import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openClock } from './clock'

/** Answers every request as the test sets it. */
async function answering(answer: () => string): Promise<{ url: string; asked: () => Promise<void>; server: Server }> {
  let waiting: (() => void)[] = []
  const server = createServer((_, response) => {
    response.end(answer())
    const now = waiting
    waiting = []
    now.forEach((wake) => wake())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/now`
  return { url, server, asked: () => new Promise((resolve) => waiting.push(resolve)) }
}
const DAY = 86_400_000
const near = (a: number, b: number): boolean => Math.abs(a - b) < 60_000

describe('the clock of a process', () => {
  it('is the machine’s where no other clock is set', async () => {
    const { clock, stop } = await openClock(undefined)
    expect(near(clock(), Date.now())).toBe(true)
    stop()
  })

  it('follows a clock that is moved, and keeps the last time while it is unreachable', async () => {
    let ahead = 3 * DAY
    let spoken = true
    const { url, asked, server } = await answering(() =>
      spoken ? JSON.stringify({ now: Date.now() + ahead }) : 'silence',
    )
    const { clock, stop } = await openClock(url)
    expect(near(clock(), Date.now() + 3 * DAY)).toBe(true)
    ahead = 5 * DAY
    while (!near(clock(), Date.now() + 5 * DAY)) await asked()
    spoken = false
    await asked()
    await asked()
    expect(near(clock(), Date.now() + 5 * DAY)).toBe(true)
    stop()
    server.close()
  })

  it.each([
    ['no JSON', 'noon'],
    ['JSON without a number', '{"now":"noon"}'],
    ['no object', 'null'],
  ])('does not start where the clock to follow answers %s', async (_, answer) => {
    const { url, server } = await answering(() => answer)
    await expect(openClock(url)).rejects.toThrow()
    server.close()
  })

  it('does not start where there is no answer', async () => {
    await expect(openClock('http://127.0.0.1:1/now')).rejects.toThrow()
  })
})
