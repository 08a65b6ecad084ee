import type { AfterSaleCase, Kind, Status, Turn } from '#after-sale'
import { amountAtRiskOf, nextDeadlineOf, turnOf } from '#after-sale'
import type { Change } from '#event-store'
import type { TestDatabase } from '../../test/cases'
import {
  NOON,
  HOUR,
  applyChanges,
  changeOf,
  seededDraw,
  caseIdFor,
  openTestDatabase,
  reported,
  reportAgain,
  waiting,
} from '../../test/cases'
import { BadCursor } from '../cursor'
import { QueueCountsHandler, QueueCountsQuery } from './queue-counts'
import type { QueueFilter } from './queue-page'
import { QueuePageHandler, QueuePageQuery } from './queue-page'

/** Never gathers rows: every page is read along the sorted index, as for a large merchant. */
class WithoutGathering extends QueuePageHandler {
  protected override readonly maxGathered = -1
}

describe.each([
  ['rare rows are gathered', QueuePageHandler],
  ['every page is read along the sorted index', WithoutGathering],
])('the queue of four hundred cases when %s', (_name, Pages) => {
  let testDatabase: TestDatabase
  let pages: QueuePageHandler
  let counts: QueueCountsHandler
  const cases = new Map<string, AfterSaleCase>()

  beforeAll(async () => {
    testDatabase = await openTestDatabase()
    pages = new Pages(testDatabase.database)
    counts = new QueueCountsHandler(testDatabase.database)
    await writeCases()
  })
  afterAll(() => testDatabase.close())

  /** 400 cases of 5 stores, most of them in the first; then half of them change, written by two workers at once. */
  async function writeCases(): Promise<void> {
    const drawBelow = seededDraw(7)
    const statuses: Status[] = [
      'awaiting-merchant-decision',
      'awaiting-merchant-receipt',
      'awaiting-buyer-return',
      'refunding',
      'awaiting-refusal',
    ]
    const kinds: Kind[] = ['refund-only', 'return-and-refund', 'exchange', 'repair']
    const first: Change<AfterSaleCase>[] = []
    for (let n = 1; n <= 400; n++) {
      const status = statuses[drawBelow(statuses.length)] ?? 'refunding'
      const kind = kinds[drawBelow(kinds.length)] ?? 'repair'
      const store = drawBelow(2) === 0 ? 1 : 1 + drawBelow(5)
      const due = drawBelow(9) === 0 ? null : NOON + (drawBelow(96) - 24) * HOUR
      const facets = {
        status: { status, raw: 'W' },
        kind: { kind },
        amounts: { total: drawBelow(40) * 500, legs: {} },
        deadline: { due, forRaw: 'W' },
      }
      const afterSale = reported(`C${n}`, facets, { store })
      cases.set(caseIdFor(n), afterSale)
      first.push(changeOf(n, undefined, afterSale))
    }
    await applyChanges(testDatabase.database, first)
    const laterChanges: Change<AfterSaleCase>[][] = [[], []]
    for (let n = 1; n <= 400; n += 2) {
      const before = cases.get(caseIdFor(n))
      const finished = { status: 'succeeded', outcome: 'refunded', raw: 'S' } as const
      const after = reportAgain(
        before,
        `C${n}`,
        drawBelow(2) === 0 ? { status: finished } : waiting(NOON + drawBelow(72) * HOUR, drawBelow(40) * 500),
        {
          store: Number(before?.store),
          at: NOON + n,
        },
      )
      cases.set(caseIdFor(n), after)
      laterChanges[n % 4 === 1 ? 0 : 1]?.push(changeOf(n, before, after, 1, NOON + n))
    }
    await Promise.all(laterChanges.map((changes) => applyChanges(testDatabase.database, changes)))
  }

  /** The ids of all cases, read page by page to the end. */
  async function readAll(filter: Partial<QueueFilter>, sort: 'deadline' | 'risk', limit = 7): Promise<string[]> {
    const ids: string[] = []
    for (let cursor: string | undefined; ;) {
      const page = await pages.execute(
        new QueuePageQuery({ org: 1, stores: [1, 2, 3, 4, 5], ...filter }, sort, limit, cursor),
      )
      ids.push(...page.items.map((item) => item.caseId))
      if (page.next === null) return ids
      expect(page.items).toHaveLength(limit)
      cursor = page.next
    }
  }

  const openCases = (): [string, AfterSaleCase][] =>
    [...cases].filter(([, afterSale]) => turnOf(afterSale) !== 'nobody')
  const dueOf = (afterSale: AfterSaleCase): number => nextDeadlineOf(afterSale)?.due ?? Infinity
  const byDeadline = ([a, x]: [string, AfterSaleCase], [b, y]: [string, AfterSaleCase]): number =>
    dueOf(x) === dueOf(y) ? (a < b ? -1 : 1) : dueOf(x) - dueOf(y)
  const byRisk = ([a, x]: [string, AfterSaleCase], [b, y]: [string, AfterSaleCase]): number =>
    amountAtRiskOf(y) - amountAtRiskOf(x) || (a > b ? -1 : 1)
  const ids = (entries: [string, AfterSaleCase][]): string[] => entries.map(([id]) => id)

  it('shows every open case once, nearest deadline first, those without one last', async () => {
    expect(await readAll({}, 'deadline')).toEqual(ids(openCases().sort(byDeadline)))
  })

  it('shows every open case once, most money at risk first', async () => {
    expect(await readAll({}, 'risk')).toEqual(ids(openCases().sort(byRisk)))
  })

  it('shows the same with everyStore, and never a store that is not named', async () => {
    const everyStore = true
    expect(await readAll({ everyStore }, 'deadline')).toEqual(await readAll({}, 'deadline'))
    expect(await readAll({ everyStore }, 'risk')).toEqual(await readAll({}, 'risk'))
    const two = openCases().filter(([, afterSale]) => afterSale.store === '2' || afterSale.store === '5')
    expect(await readAll({ everyStore, stores: [2, 5] }, 'deadline')).toEqual(ids(two.sort(byDeadline)))
    const due = { before: NOON }
    expect(await readAll({ everyStore, due }, 'risk')).toEqual(await readAll({ due }, 'risk'))
  })

  it.each<[string, Partial<QueueFilter>, (afterSale: AfterSaleCase) => boolean]>([
    ['whose turn it is', { turns: ['buyer'] }, (f) => turnOf(f) === 'buyer'],
    ['two turns', { turns: ['us', 'carrier'] }, (f) => ['us', 'carrier'].includes(turnOf(f))],
    ['store', { stores: [3, 4] }, (f) => f.store === '3' || f.store === '4'],
    ['kind', { kinds: ['repair', 'exchange'] }, (f) => f.kind?.kind === 'repair' || f.kind?.kind === 'exchange'],
    ['status', { statuses: ['refunding'] }, (f) => f.status?.status === 'refunding'],
    [
      'deadline',
      { due: { from: NOON, before: NOON + 4 * HOUR } },
      (f) => dueOf(f) >= NOON && dueOf(f) < NOON + 4 * HOUR,
    ],
    ['deadline from', { due: { from: NOON } }, (f) => dueOf(f) >= NOON && dueOf(f) < Infinity],
    ['overdue', { due: { before: NOON } }, (f) => dueOf(f) < NOON],
    [
      'money at risk',
      { risk: { from: 5_000, to: 9_000 } },
      (f) => amountAtRiskOf(f) >= 5_000 && amountAtRiskOf(f) <= 9_000,
    ],
    [
      'all of them',
      {
        turns: ['us'],
        stores: [1, 2],
        kinds: ['refund-only'],
        statuses: ['awaiting-merchant-decision'],
        due: { from: NOON },
        risk: { from: 1 },
      },
      (f) =>
        turnOf(f) === 'us' &&
        Number(f.store) <= 2 &&
        f.kind?.kind === 'refund-only' &&
        f.status?.status === 'awaiting-merchant-decision' &&
        dueOf(f) >= NOON &&
        dueOf(f) < Infinity &&
        amountAtRiskOf(f) >= 1,
    ],
  ])('narrows by %s in both orders', async (_name, filter, isExpected) => {
    const expected = openCases().filter(([, afterSale]) => isExpected(afterSale))
    expect(expected.length).toBeGreaterThan(0)
    expect(await readAll(filter, 'deadline')).toEqual(ids([...expected].sort(byDeadline)))
    expect(await readAll(filter, 'risk')).toEqual(ids([...expected].sort(byRisk)))
  })

  it('shows finished cases newest change first', async () => {
    const finished = [...cases].filter(([, afterSale]) => turnOf(afterSale) === 'nobody')
    const newest = ids(finished).sort((a, b) => (a > b ? -1 : 1))
    expect(await readAll({ turns: ['nobody'] }, 'risk')).toEqual(newest)
    expect(await readAll({ turns: ['nobody'], due: { from: 0 } }, 'risk')).toEqual([])
  })

  it('shows nothing of a store of another organisation', async () => {
    await applyChanges(testDatabase.database, [
      changeOf(900, undefined, reported('X', waiting(NOON, 1), { store: 9 }), 2),
    ])
    expect(await readAll({ stores: [9] }, 'deadline')).toEqual([])
    expect(await readAll({ org: 2, stores: [9] }, 'deadline')).toEqual([caseIdFor(900)])
  })

  it('counts the cases of each turn and those due on our turn as a recount does', async () => {
    const filter = { org: 1, stores: [1, 2, 3, 4, 5] }
    const recount = (isExpected: (f: AfterSaleCase) => boolean): Record<Turn, number> => {
      const turns: Record<Turn, number> = { us: 0, buyer: 0, platform: 0, carrier: 0, nobody: 0 }
      for (const afterSale of cases.values()) if (isExpected(afterSale)) turns[turnOf(afterSale)] += 1
      return turns
    }
    const casesOnOurTurn = [...cases.values()].filter((afterSale) => turnOf(afterSale) === 'us')
    expect(await counts.execute(new QueueCountsQuery(filter, NOON))).toEqual({
      turns: recount(() => true),
      overdue: casesOnOurTurn.filter((afterSale) => dueOf(afterSale) < NOON).length,
      dueSoon: casesOnOurTurn.filter((afterSale) => dueOf(afterSale) >= NOON && dueOf(afterSale) < NOON + 4 * HOUR)
        .length,
    })
    const filtered = await counts.execute(new QueueCountsQuery({ ...filter, stores: [1], kinds: ['repair'] }, NOON))
    expect(filtered.turns).toEqual(recount((f) => f.store === '1' && f.kind?.kind === 'repair'))
  })

  it('refuses a cursor that was not issued for this list', async () => {
    const first = await pages.execute(new QueuePageQuery({ org: 1, stores: [1] }, 'deadline', 2))
    const filter = { org: 1, stores: [1] }
    for (const cursor of [
      '',
      'x',
      '../..',
      `${first.next}A`,
      Buffer.from('["deadline",1.5,"x"]').toString('base64url'),
      first.next ?? '',
    ])
      await expect(pages.execute(new QueuePageQuery(filter, 'risk', 2, cursor))).rejects.toBeInstanceOf(BadCursor)
  })
})
