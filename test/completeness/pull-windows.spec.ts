/** The connectors' `pull` against a faulty list: a window that is reported complete has shown every change. */
import fc from 'fast-check'
import type { CallContext, WindowCount, PulledWindow } from '#connectors'
import { MARKETPLACES, isComplete, incompleteReason } from '#connectors'
import { property } from '../property'
import type { Fault, HostileList, Wire } from './hostile-list'
import { countArbitrary, faultArbitrary, openHostileList } from './hostile-list'

const TO = Date.parse('2026-11-11T12:00:00+08:00')
const WINDOW = { from: TO - 1_500_000, to: TO }
const lists = new Map<Wire, HostileList>()

beforeAll(async () => {
  for (const wire of ['pinduoduo', 'douyin'] as const) lists.set(wire, await openHostileList(wire))
})
afterAll(async () => {
  for (const list of lists.values()) await list.close()
})

const ctx: CallContext = {
  now: () => TO,
  signal: new AbortController().signal,
  rateLimiter: { admit: () => Promise.resolve(), hold: () => undefined },
}

const listOf = (wire: Wire): HostileList => {
  const list = lists.get(wire)
  if (list === undefined) throw new Error(`no list of ${wire}`)
  return list
}

async function pull(wire: Wire, count: number, faults: readonly Fault[]): Promise<PulledWindow | undefined> {
  const list = listOf(wire)
  list.reset()
  list.faults = faults
  list.changes = new Map(
    Array.from({ length: count }, (_, i) => [String(7_000_000_000_000_001n + BigInt(i)), WINDOW.from / 1000 + 1 + i]),
  )
  const secrets = { appKey: 'k', appSecret: 's', accessToken: 'access', refreshToken: 'refresh' }
  const outbound = MARKETPLACES.find(({ marketplace }) => marketplace === wire)?.outbound
  const answer = await outbound?.pull(WINDOW, { ...secrets, shop: '86', endpoints: { api: list.api } }, ctx)
  return answer?.type === 'ok' ? answer.value : undefined
}

const WIRES: readonly Wire[] = ['pinduoduo', 'douyin']

/** For any answers: a window that `isAccepted` as complete has shown every change. */
const completenessProperty = (wire: Wire, isAccepted: (count: WindowCount) => boolean, runs: number): Promise<void> =>
  property(
    countArbitrary,
    fc.array(faultArbitrary, { minLength: 1, maxLength: 12 }),
    async (count, faults) => {
      const pulledWindow = await pull(wire, count, faults)
      if (pulledWindow === undefined) return
      const { shown, changes } = listOf(wire)
      expect(new Set(pulledWindow.cases.map(({ caseNumber }) => caseNumber))).toEqual(shown)
      if (!isAccepted(pulledWindow)) return
      expect(pulledWindow.claimed).toBe(pulledWindow.seen)
      expect([...changes.keys()].filter((id) => !shown.has(id))).toEqual([])
    },
    { runs },
  )

describe('a pulled window, whatever the marketplace answers (fault A1)', () => {
  it.each(WIRES)('%s: is complete only if it has shown every change and returned every row shown', (wire) =>
    completenessProperty(wire, isComplete, 60),
  )

  it.each(WIRES)('%s: canary: a connector that reports every window as complete is detected', async (wire) => {
    await expect(completenessProperty(wire, () => true, 300)).rejects.toThrow(/Counterexample/)
  })

  it.each(WIRES)('%s: is complete for a correct list, on one page and on several', async (wire) => {
    for (const count of [0, 1, 100, 101, 250]) {
      const pulledWindow = await pull(wire, count, [{ type: 'none' }])
      expect(pulledWindow).toMatchObject({ claimed: count, seen: count })
      expect(pulledWindow && isComplete(pulledWindow)).toBe(true)
    }
  })
})

describe('a list that shows less than has changed (fault A1)', () => {
  const SHORT_LISTS: readonly [string, Fault, Partial<PulledWindow>, string][] = [
    ['brings no rows', { type: 'rows', form: 'absent' }, { claimed: 2, seen: 0 }, 'the list claims 2 and shows 0'],
    ['brings null', { type: 'rows', form: 'null' }, { claimed: 2, seen: 0 }, 'the list claims 2 and shows 0'],
    ['brings no list', { type: 'rows', form: 'object' }, { claimed: 2, seen: 0 }, 'the list claims 2 and shows 0'],
    ['brings an empty list', { type: 'short', rows: 2 }, { claimed: 2, seen: 0 }, 'the list claims 2 and shows 0'],
    ['brings one of two', { type: 'short', rows: 1 }, { claimed: 2, seen: 1 }, 'the list claims 2 and shows 1'],
    ['brings one twice', { type: 'doubled' }, { claimed: 2, seen: 1 }, 'the list claims 2 and shows 1'],
    ['brings more than it claims', { type: 'total', by: -1 }, { claimed: 1, seen: 2 }, 'the list claims 1 and shows 2'],
    ['brings rows without a name', { type: 'rows', form: 'unnamed' }, { claimed: 2, seen: 0 }, '1 row names no case'],
    ...(['absent', 'null', 'word', 'negative'] as const).map((form): [string, Fault, Partial<PulledWindow>, string] => [
      `has a total that is ${form}`,
      { type: 'form', form },
      { claimed: null, seen: 2 },
      'the list does not say how many cases have changed',
    ]),
    [
      'brings no body',
      { type: 'no-body' },
      { claimed: null, seen: 0 },
      'the list does not say how many cases have changed',
    ],
  ]
  it.each(WIRES.flatMap((wire) => SHORT_LISTS.map((row) => [wire, ...row] as const)))(
    '%s: a list that %s makes the window incomplete, with the reason',
    async (wire, _, fault, counts, why) => {
      const pulledWindow = await pull(wire, 2, [fault])
      expect(pulledWindow).toMatchObject(counts)
      expect(pulledWindow && incompleteReason(pulledWindow)).toBe(why)
    },
  )

  it.each(WIRES)('%s: a total that is a string of digits counts as a number', async (wire) => {
    const pulledWindow = await pull(wire, 2, [{ type: 'form', form: 'text' }])
    expect([pulledWindow?.claimed, pulledWindow?.seen]).toEqual([2, 2])
  })

  it.each(WIRES.flatMap((wire) => [0, 1, 2].map((page) => [wire, page] as const)))(
    '%s: a window of three pages is incomplete if page %d always lacks rows',
    async (wire, page) => {
      const faults = [0, 1, 2].map((i): Fault => (i === page ? { type: 'short', rows: 100 } : { type: 'none' }))
      const everyPageShort: Fault[] = Array.from({ length: 3 }, () => ({ type: 'short', rows: 5 }))
      const windowWithOneShortPage = await pull(wire, 150, faults)
      if (windowWithOneShortPage !== undefined && isComplete(windowWithOneShortPage))
        expect(listOf(wire).shown.size).toBe(150)
      const pulledWindow = await pull(wire, 150, everyPageShort)
      expect(pulledWindow?.claimed).toBe(150)
      expect(pulledWindow?.seen).toBeLessThan(150)
    },
  )

  it('pinduoduo: a list that stays short is read five times, and then reported with what it claims and shows', async () => {
    const pulledWindow = await pull('pinduoduo', 3, [{ type: 'total', by: 1 }])
    expect(pulledWindow).toMatchObject({ pages: 5, claimed: 4, seen: 3 })
  })

  it('douyin: a page that promises more rows and is empty makes the window incomplete', async () => {
    const pulledWindow = await pull('douyin', 0, [{ type: 'more' }])
    expect(pulledWindow && incompleteReason(pulledWindow)).toBe('the list says that there is more and shows nothing')
  })
})
