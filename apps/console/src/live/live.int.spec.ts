import type { AddressInfo } from 'node:net'
import { LiveWatcher, type ReceivedEvent } from '../../test/live-watcher'
import { NOON, openStack, waiting, type Stack } from '../../test/stack'

let cookie: string
/** Only the interval of the countdowns, with which the session is checked, is moved by hand. */
const EVERYTHING_BUT_INTERVALS = [
  ...(['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const),
  ...(['setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'] as const),
]

/** Of the owner, unless another session is named. */
class Watcher extends LiveWatcher {
  override open(url: string, lastId?: string, as = cookie): Promise<this> {
    return super.open(url, lastId, as)
  }
}

describe('live updates', () => {
  let stack: Stack
  let url: string
  beforeAll(async () => {
    stack = await openStack()
    ;({ cookie } = await stack.signedIn.headers())
    await stack.app.listen(0, '127.0.0.1')
    url = `http://127.0.0.1:${(stack.app.getHttpServer().address() as AddressInfo).port}/api/live`
  })
  afterAll(() => stack.close())

  it('report every change of our cases and of no others, to every client', async () => {
    const [first, second] = await Promise.all([new Watcher().open(url), new Watcher().open(url)])
    await stack.recordReport(stack.theirs.store, 'T1', waiting(NOON, 1))
    const id = await stack.recordReport(stack.ours.stores[0], 'L1', waiting(NOON, 1))
    for (const watcher of [first, second]) {
      await watcher.until(() => watcher.cases().length > 0)
      expect(watcher.cases().map(({ data }) => data)).toEqual([
        { caseId: id, version: 1, type: 'case-opened.v1', turn: 'us', status: 'awaiting-merchant-decision' },
      ])
      expect(watcher.received[0]).toEqual({ id: '', event: 'clock', data: { now: '2026-11-22T04:00:00.000Z' } })
      watcher.leave()
    }
  })

  it('resume after the last event, however often a client leaves, without gap or repeat', async () => {
    const steady = await new Watcher().open(url)
    let restless = await new Watcher().open(url)
    const received: string[] = []
    let lastId: string | undefined
    const changes = (async () => {
      for (let n = 0; n < 120; n++)
        await stack.recordReport(stack.ours.stores[n % 2 === 0 ? 0 : 1], `R${n}`, waiting(NOON, n))
    })()
    for (let round = 1; received.length < 120; round++) {
      await restless.until(() => restless.cases().length >= Math.min(round, 120 - received.length))
      restless.leave()
      const cases = restless.cases()
      received.push(...cases.map(({ id }) => id))
      lastId = cases.at(-1)?.id ?? lastId
      if (received.length < 120) restless = await new Watcher().open(url, lastId)
    }
    await changes
    await steady.until(() => steady.cases().length >= 120)
    expect(received).toEqual(steady.cases().map(({ id }) => id))
    expect(new Set(received).size).toBe(120)
    steady.leave()
  })

  it('name the case that a colleague takes, to those who may see it and to no others', async () => {
    const [first, second] = stack.ours.stores
    const limited = { login: 'limited-watcher', role: 'after-sale-agent', stores: [second.id] } as const
    const [watcher, elsewhere] = [
      await new Watcher().open(url),
      await new Watcher().open(url, undefined, (await stack.signedIn.headers(limited)).cookie),
    ]
    const named = (all: readonly ReceivedEvent[]) =>
      all.flatMap(({ event, data }) => (event === 'teamwork' ? data : []))
    const [hidden, shown] = [
      await stack.recordReport(first, 'W1', waiting(NOON, 1)),
      await stack.recordReport(second, 'W2', waiting(NOON, 1)),
    ]
    for (const id of [hidden, shown])
      expect((await stack.operator.post(`/api/cases/${id}/assignment/claim`, { seen: null })).status).toBe(200)
    await watcher.until((all) => named(all).length === 2)
    await elsewhere.until((all) => named(all).length > 0)
    expect([named(watcher.received), named(elsewhere.received)]).toEqual([
      [{ caseId: hidden }, { caseId: shown }],
      [{ caseId: shown }],
    ])
    watcher.leave()
    elsewhere.leave()
  })

  it('start with new events if the last event id is not one of ours', async () => {
    const watcher = await new Watcher().open(url, "1.1'; DROP TABLE outgoing")
    const id = await stack.recordReport(stack.ours.stores[0], 'N1', waiting(NOON, 1))
    await watcher.until(() => watcher.cases().length > 0)
    expect(watcher.cases().map(({ data }) => data.caseId)).toEqual([id])
    watcher.leave()
  })

  it('keep no session alive: a tab that is only open becomes idle, and its connection ends', async () => {
    const { cookie: session } = await stack.signedIn.headers({ login: 'left-open' })
    // Relative to what is stored: a check that notes a use is not undone.
    const passMinutes = (minutes: number): Promise<unknown> =>
      stack.database.query(
        `UPDATE session SET last_seen_at = last_seen_at - $1
         FROM person p WHERE p.id = session.person AND p.login = 'left-open'`,
        [minutes * 60_000],
      )
    jest.useFakeTimers({ doNotFake: EVERYTHING_BUT_INTERVALS })
    const watcher = await new Watcher().open(url, undefined, session)
    await passMinutes(20)
    jest.advanceTimersByTime(15_000)
    // It is sent once the session was checked.
    await watcher.until((all) => all.filter(({ event }) => event === 'clock').length === 2)
    await passMinutes(10)
    jest.advanceTimersByTime(15_000)
    await watcher.closed
    jest.useRealTimers()
  })

  it('report to each session only cases of its organisation and of the stores that its person may see', async () => {
    const [first, second] = stack.ours.stores
    const ofOneStore = { login: 'one-store', role: 'after-sale-agent' as const, stores: [second.id] }
    const cookies = [
      cookie,
      (await stack.signedIn.headers(ofOneStore)).cookie,
      (await stack.neighbour.headers()).cookie,
    ]
    const all = await Promise.all(cookies.map((session) => new Watcher().open(url, undefined, session)))
    const tellOf = async (round: number): Promise<string[]> => {
      const ids = []
      for (const store of [stack.theirs.store, first, second])
        ids.push(await stack.recordReport(store, `S${round}-${store.id}`, waiting(NOON, 1)))
      return ids
    }
    const rounds = [await tellOf(1), await tellOf(2), await tellOf(3)]
    const expected = [
      rounds.flatMap(([, ofFirst, ofSecond]) => [ofFirst, ofSecond]),
      rounds.map(([, , ofSecond]) => ofSecond),
      rounds.map(([ofTheirs]) => ofTheirs),
    ]
    for (const [n, watcher] of all.entries()) {
      // The last event that it receives comes after every event that it must not receive.
      await watcher.until(() => watcher.cases().some(({ data }) => data.caseId === expected[n]?.at(-1)))
      expect(watcher.cases().map(({ data }) => data.caseId)).toEqual(expected[n])
      const elsewhere = await new Watcher().open(url, all[(n + 1) % 3]?.cases()[0]?.id, cookies[n])
      await elsewhere.until(() => elsewhere.cases().some(({ data }) => data.caseId === expected[n]?.at(-1)))
      expect(elsewhere.cases().filter(({ data }) => !expected[n]?.includes(data.caseId ?? ''))).toEqual([])
      for (const one of [watcher, elsewhere]) one.leave()
    }
  })
})
