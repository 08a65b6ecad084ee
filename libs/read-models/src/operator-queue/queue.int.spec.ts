import type { AfterSaleCase, Kind, Status, Turn } from '#after-sale'
import { amountAtRiskOf, nextDeadlineOf, turnOf } from '#after-sale'
import type { Change } from '#event-store'
import type { TestDatabase } from '../../test/cases'
import {
  NOON,
  HOUR,
  bringIn,
  changeOf,
  draws,
  idOf,
  openTestDatabase,
  reported,
  reportedMore,
  waiting,
} from '../../test/cases'
import { BadCursor } from '../cursor'
import { QueueCountsHandler, QueueCountsQuery } from './counts'
import type { QueueFilter } from './page'
import { QueuePageHandler, QueuePageQuery } from './page'

/** Takes no rows for rare: every page is read along the sorted index, as those of a large merchant are. */
class WithoutGathering extends QueuePageHandler {
  protected override readonly rareUpTo = -1
}

describe.each([
  ['gathering what is rare', QueuePageHandler],
  ['along the sorted index alone', WithoutGathering],
])('the queue of four hundred cases, %s', (_name, Pages) => {
  let opened: TestDatabase
  let pages: QueuePageHandler
  let counts: QueueCountsHandler
  const files = new Map<string, AfterSaleCase>()

  beforeAll(async () => {
    opened = await openTestDatabase()
    pages = new Pages(opened.database)
    counts = new QueueCountsHandler(opened.database)
    await fill()
  })
  afterAll(() => opened.close())

  /** 400 cases of 5 stores, most of them in the first; then half of them move on, in two workers at once. */
  async function fill(): Promise<void> {
    const draw = draws(7)
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
      const status = statuses[draw(statuses.length)] ?? 'refunding'
      const kind = kinds[draw(kinds.length)] ?? 'repair'
      const store = draw(2) === 0 ? 1 : 1 + draw(5)
      const due = draw(9) === 0 ? null : NOON + (draw(96) - 24) * HOUR
      const facets = {
        status: { status, raw: 'W' },
        kind: { kind },
        amounts: { total: draw(40) * 500, legs: {} },
        deadline: { due, forRaw: 'W' },
      }
      const afterSale = reported(`C${n}`, facets, { store })
      files.set(idOf(n), afterSale)
      first.push(changeOf(n, undefined, afterSale))
    }
    await bringIn(opened.database, first)
    const second: Change<AfterSaleCase>[][] = [[], []]
    for (let n = 1; n <= 400; n += 2) {
      const before = files.get(idOf(n))
      const finished = { status: 'succeeded', outcome: 'refunded', raw: 'S' } as const
      const after = reportedMore(
        before,
        `C${n}`,
        draw(2) === 0 ? { status: finished } : waiting(NOON + draw(72) * HOUR, draw(40) * 500),
        {
          store: Number(before?.store),
          at: NOON + n,
        },
      )
      files.set(idOf(n), after)
      second[n % 4 === 1 ? 0 : 1]?.push(changeOf(n, before, after, 1, NOON + n))
    }
    await Promise.all(second.map((changes) => bringIn(opened.database, changes)))
  }

  /** Everything that pages show, read to the end in small steps. */
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

  const openFiles = (): [string, AfterSaleCase][] =>
    [...files].filter(([, afterSale]) => turnOf(afterSale) !== 'nobody')
  const dueOf = (afterSale: AfterSaleCase): number => nextDeadlineOf(afterSale)?.due ?? Infinity
  const byDeadline = ([a, x]: [string, AfterSaleCase], [b, y]: [string, AfterSaleCase]): number =>
    dueOf(x) === dueOf(y) ? (a < b ? -1 : 1) : dueOf(x) - dueOf(y)
  const byRisk = ([a, x]: [string, AfterSaleCase], [b, y]: [string, AfterSaleCase]): number =>
    amountAtRiskOf(y) - amountAtRiskOf(x) || (a > b ? -1 : 1)
  const ids = (entries: [string, AfterSaleCase][]): string[] => entries.map(([id]) => id)

  it('shows every open case once, nearest deadline first, those without one last', async () => {
    expect(await readAll({}, 'deadline')).toEqual(ids(openFiles().sort(byDeadline)))
  })

  it('shows every open case once, most money at risk first', async () => {
    expect(await readAll({}, 'risk')).toEqual(ids(openFiles().sort(byRisk)))
  })

  it('gives the same page with everyStore, and never a store that is not named', async () => {
    const everyStore = true
    expect(await readAll({ everyStore }, 'deadline')).toEqual(await readAll({}, 'deadline'))
    expect(await readAll({ everyStore }, 'risk')).toEqual(await readAll({}, 'risk'))
    const two = openFiles().filter(([, afterSale]) => afterSale.store === '2' || afterSale.store === '5')
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
  ])('narrows by %s in both orders', async (_name, filter, fits) => {
    const wanted = openFiles().filter(([, afterSale]) => fits(afterSale))
    expect(wanted.length).toBeGreaterThan(0)
    expect(await readAll(filter, 'deadline')).toEqual(ids([...wanted].sort(byDeadline)))
    expect(await readAll(filter, 'risk')).toEqual(ids([...wanted].sort(byRisk)))
  })

  it('shows finished cases newest change first', async () => {
    const finished = [...files].filter(([, afterSale]) => turnOf(afterSale) === 'nobody')
    const newest = ids(finished).sort((a, b) => (a > b ? -1 : 1))
    expect(await readAll({ turns: ['nobody'] }, 'risk')).toEqual(newest)
    expect(await readAll({ turns: ['nobody'], due: { from: 0 } }, 'risk')).toEqual([])
  })

  it('shows nothing of a store of another organisation', async () => {
    await bringIn(opened.database, [changeOf(900, undefined, reported('X', waiting(NOON, 1), { store: 9 }), 2)])
    expect(await readAll({ stores: [9] }, 'deadline')).toEqual([])
    expect(await readAll({ org: 2, stores: [9] }, 'deadline')).toEqual([idOf(900)])
  })

  it('counts the cases of each turn and our due ones exactly as a recount does', async () => {
    const asked = { org: 1, stores: [1, 2, 3, 4, 5] }
    const recount = (fits: (f: AfterSaleCase) => boolean): Record<Turn, number> => {
      const turns: Record<Turn, number> = { us: 0, buyer: 0, platform: 0, carrier: 0, nobody: 0 }
      for (const afterSale of files.values()) if (fits(afterSale)) turns[turnOf(afterSale)] += 1
      return turns
    }
    const ours = [...files.values()].filter((afterSale) => turnOf(afterSale) === 'us')
    expect(await counts.execute(new QueueCountsQuery(asked, NOON))).toEqual({
      turns: recount(() => true),
      overdue: ours.filter((afterSale) => dueOf(afterSale) < NOON).length,
      dueSoon: ours.filter((afterSale) => dueOf(afterSale) >= NOON && dueOf(afterSale) < NOON + 4 * HOUR).length,
    })
    const some = await counts.execute(new QueueCountsQuery({ ...asked, stores: [1], kinds: ['repair'] }, NOON))
    expect(some.turns).toEqual(recount((f) => f.store === '1' && f.kind?.kind === 'repair'))
  })

  it('refuses a cursor that it did not give for this list', async () => {
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
