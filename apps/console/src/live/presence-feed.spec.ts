import { WakeUps } from '#event-store'
import type { LivePresence } from './live.answer'
import { PresenceFeed } from './presence-feed'

const ID = '0c0c0c0c-0000-4000-8000-000000000001'
const [LI, WANG] = ['1a1a1a1a-0000-4000-8000-000000000001', '2b2b2b2b-0000-4000-8000-000000000002']

describe('the people in a case, as a process hears of them', () => {
  let wakeUps: WakeUps
  let feed: PresenceFeed
  beforeEach(() => {
    jest.useFakeTimers()
    wakeUps = new WakeUps('postgres://not-connected/x')
    feed = new PresenceFeed(wakeUps)
    feed.onModuleInit()
  })
  afterEach(() => {
    feed.onModuleDestroy()
    jest.useRealTimers()
  })

  const hear = (person: string, presence: string, where = '7/1'): void =>
    wakeUps.wake('shouhou_presence', `${where}/${ID}/${person}/${person}/${presence}`)
  const watched = (stores: 'all' | number[] = 'all', org = 7): LivePresence[] => {
    const all: LivePresence[] = []
    feed.watch({ org, stores }, (presence) => all.push(presence))
    return all
  }
  const looking = (...ids: string[]): LivePresence => ({
    caseId: ID,
    people: ids.map((id) => ({ id, typing: false })),
  })

  it('are shown to watchers with the right to see the case, and to no others', () => {
    const [all, store, otherStore, otherOrganisation] = [watched(), watched([1]), watched([2]), watched('all', 8)]
    hear(LI, 'looking')
    expect([all, store, otherStore, otherOrganisation]).toEqual([[looking(LI)], [looking(LI)], [], []])
  })

  it('are shown to a watcher who comes later, and are gone 25 s after the last report', () => {
    hear(LI, 'looking')
    jest.advanceTimersByTime(10_000)
    hear(WANG, 'looking')
    const later = watched()
    expect(later).toEqual([looking(LI, WANG)])
    jest.advanceTimersByTime(14_900)
    expect(later).toHaveLength(1)
    jest.advanceTimersByTime(1_100)
    expect(later.slice(1)).toEqual([looking(WANG)])
    jest.advanceTimersByTime(10_000)
    expect(later.slice(2)).toEqual([looking()])
    expect(jest.getTimerCount()).toBe(0)
  })

  it('survive lost notifications, and texts that are none', () => {
    const all = watched()
    hear(LI, 'looking')
    wakeUps.wake('shouhou_presence')
    wakeUps.wake('shouhou_presence', 'x')
    expect(all).toEqual([looking(LI)])
  })
})
