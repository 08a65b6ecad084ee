import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { WakeUps } from '#event-store'
import { LiveWatcher } from '../../test/live-watcher'
import { NOON, openStack, waiting, type Stack } from '../../test/stack'
import type { LivePresence } from './live.answer'
import { PresenceFeed } from './presence-feed'

const LI = { login: 'li', role: 'after-sale-agent' } as const

describe('who has a case open', () => {
  let stack: Stack
  let url: string
  let count = 0
  /** As another process on the same database has them. */
  let wakeUps: WakeUps
  const leaving: LiveWatcher[] = []
  beforeAll(async () => {
    stack = await openStack()
    wakeUps = new WakeUps(stack.url)
    await wakeUps.start()
    await stack.app.listen(0, '127.0.0.1')
    url = `http://127.0.0.1:${(stack.app.getHttpServer().address() as AddressInfo).port}/api/live`
  })
  afterEach(() => leaving.splice(0).forEach((watcher) => watcher.leave()))
  afterAll(async () => {
    await wakeUps.stop()
    await stack.close()
  })

  const newCase = (store = stack.ours.stores[0]): Promise<string> =>
    stack.recordReport(store, `P${++count}`, waiting(NOON, 1))
  const report = (caseId: string, doing: string, { operator = LI as object, view = randomUUID() } = {}) =>
    stack.operator.post('/api/presence', { caseId, view, doing }, { operator: operator as typeof LI })
  const idOf = async (operator: object): Promise<string> =>
    ((await stack.operator.get('/api/session', { operator: operator as typeof LI })).body['me'] as { id: string }).id
  const open = async (headers: Promise<{ cookie: string }>): Promise<LiveWatcher> => {
    const watcher = await new LiveWatcher().open(url, undefined, (await headers).cookie)
    leaving.push(watcher)
    return watcher
  }
  const seenBy = ({ received }: LiveWatcher, caseId: string): LivePresence['people'][] =>
    received.flatMap(({ event, data }) => {
      const presence = data as unknown as LivePresence
      return event === 'presence' && presence.caseId === caseId ? [presence.people] : []
    })

  it('is shown to a colleague as it changes, and to one who comes later', async () => {
    const [id, li, view] = [await newCase(), await idOf(LI), randomUUID()]
    const watcher = await open(stack.signedIn.headers())
    for (const doing of ['looking', 'looking', 'typing'])
      expect(await report(id, doing, { view })).toEqual({ status: 200, body: { done: true } })
    await watcher.until(() => seenBy(watcher, id).length === 2)
    expect(seenBy(watcher, id)).toEqual([[{ id: li, typing: false }], [{ id: li, typing: true }]])
    const later = await open(stack.signedIn.headers())
    await later.until(() => seenBy(later, id).length === 1)
    expect(seenBy(later, id)).toEqual([[{ id: li, typing: true }]])
    await report(id, 'left', { view })
    await later.until(() => seenBy(later, id).length === 2)
    expect(seenBy(later, id)[1]).toEqual([])
  })

  it('is not shown beyond the stores and the organisation of the watcher', async () => {
    const [first, second] = stack.ours.stores
    const limited = { login: 'second-only', role: 'after-sale-agent', stores: [second.id] } as const
    const [watcher, neighbour] = [await open(stack.signedIn.headers(limited)), await open(stack.neighbour.headers())]
    const [hidden, shown] = [await newCase(first), await newCase(second)]
    for (const id of [hidden, shown]) await report(id, 'looking')
    await watcher.until(() => seenBy(watcher, shown).length === 1)
    expect(seenBy(watcher, hidden)).toEqual([])
    const theirs = await stack.recordReport(stack.theirs.store, `P${++count}`, waiting(NOON, 1))
    await neighbour.until(() => neighbour.cases().some(({ data }) => data.caseId === theirs))
    expect(neighbour.received.filter(({ event }) => event === 'presence')).toEqual([])
  })

  it('is reported only of cases that the person may see, and only by people', async () => {
    const [first, second] = stack.ours.stores
    const limited = { login: 'second-only', role: 'after-sale-agent', stores: [second.id] } as const
    const theirs = await stack.recordReport(stack.theirs.store, `P${++count}`, waiting(NOON, 1))
    const heard: string[] = []
    const stop = wakeUps.listen('shouhou_presence', (payload) => heard.push(String(payload)))
    for (const [id, operator] of [
      [await newCase(first), limited],
      [theirs, LI],
      [randomUUID(), LI],
    ] as const)
      expect(await report(id, 'looking', { operator })).toMatchObject({ status: 404 })
    const own = await newCase(second)
    await report(own, 'looking')
    while (heard.length === 0) await wakeUps.wait('shouhou_presence', 1_000, new AbortController().signal)
    stop()
    // Each report that was refused would have been heard before this one.
    expect(heard.map((payload) => payload.split('/')[2])).toEqual([own])
    expect(await report(own, 'dancing')).toMatchObject({ status: 400 })
  })

  it('is heard by every process, and leaves nothing in the database or the audit', async () => {
    const id = await newCase()
    const elsewhere = new PresenceFeed(wakeUps)
    elsewhere.onModuleInit()
    const heard = new Promise<LivePresence>((resolve) => {
      elsewhere.watch({ org: stack.ours.org, stores: 'all' }, resolve)
    })
    const entries = (): Promise<unknown> => stack.database.query('SELECT count(*)::int AS n FROM audit_entry')
    const before = await entries()
    await report(id, 'looking')
    expect(await heard).toEqual({ caseId: id, people: [{ id: await idOf(LI), typing: false }] })
    expect(await entries()).toEqual(before)
    elsewhere.onModuleDestroy()
  })
})
