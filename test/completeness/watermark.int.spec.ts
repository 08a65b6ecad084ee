import fc from 'fast-check'
import { property } from '../property'
import { emptyTables, useTestDatabase, rowsOf } from '../postgres/test-database'
import type { HostileList, Wire } from './hostile-list'
import { faultArbitrary, openHostileList } from './hostile-list'
import type { Pulling } from './pulling'
import { openPulling, passedUnproven } from './pulling'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const SECOND = 1_000
const MINUTE = 60_000
const WIRES: readonly Wire[] = ['pinduoduo', 'douyin']
/** Case numbers are never given twice. */
let seen = 0

const lists = new Map<Wire, HostileList>()
let list: HostileList
let pulling: Pulling
async function open(wire: Wire): Promise<void> {
  await emptyTables(db)
  list = lists.get(wire) as HostileList
  list.changes.clear()
  list.faults = []
  list.faultFrom = () => undefined
  list.forget()
  pulling = await openPulling(db.database, wire, list.api, NOON)
}
beforeAll(async () => {
  for (const wire of WIRES) lists.set(wire, await openHostileList(wire))
})
afterAll(async () => {
  for (const one of lists.values()) await one.close()
})

const change = (id: number, at: number): unknown =>
  list.changes.set(String(7_000_000_000_000_000 + id), Math.floor(at / SECOND))
const messages = async (): Promise<number> =>
  (await rowsOf<{ n: number }>(db, 'SELECT count(*)::int AS n FROM message'))[0]?.n ?? -1
const cursor = async (): Promise<{ proven_until: number; read_until: number } | undefined> =>
  (await rowsOf<{ proven_until: number; read_until: number }>(db, 'SELECT * FROM pull_cursor'))[0]

describe.each(WIRES)('A1: a %s list that claims two changes and brings none', (wire) => {
  beforeEach(() => open(wire))

  it('leaves the watermark where it was, and the store is not fresh, with the reason', async () => {
    await pulling.turn()
    expect(await pulling.freshness()).toMatchObject({ state: 'fresh', trouble: null, unproven: null })
    const proven = (await cursor())?.proven_until
    change(1, NOON)
    change(2, NOON + SECOND)
    list.faults = [{ type: 'rows', form: 'absent' }]
    pulling.now = NOON + 30 * SECOND
    await pulling.turn()
    expect(await pulling.freshness()).toMatchObject({
      state: 'behind',
      provenUntil: proven,
      trouble: 'the list claims 2 and shows 0',
      unproven: { windows: 1, from: proven, since: NOON + 30 * SECOND, attempts: 1, claimed: 2, seen: 0 },
    })
    pulling.now = NOON + 31 * MINUTE
    await pulling.turn()
    expect(await pulling.freshness()).toMatchObject({ state: 'blind', provenUntil: proven })
  })

  it('is read again, ever later, until it is whole; then everything read since counts', async () => {
    change(1, NOON - 5 * MINUTE)
    change(2, NOON - 5 * MINUTE + SECOND)
    list.faults = [{ type: 'rows', form: 'null' }]
    await pulling.turn()
    for (let minute = 1; minute <= 4; minute++) {
      pulling.now = NOON + minute * MINUTE
      await pulling.turn()
    }
    expect(await messages()).toBe(0)
    expect((await pulling.freshness()).unproven?.attempts).toBeGreaterThan(2)
    list.faults = []
    pulling.now = NOON + 20 * MINUTE
    await pulling.turn()
    expect(await messages()).toBe(2)
    expect(await pulling.freshness()).toMatchObject({ state: 'fresh', trouble: null, unproven: null })
    expect(await cursor()).toMatchObject({ proven_until: pulling.now - 5 * SECOND })
  })

  it('delays no newer change: newer windows are read, and their cases are recorded', async () => {
    change(1, NOON - 50 * MINUTE)
    list.faultFrom = (second) => (second * SECOND < NOON - 30 * MINUTE ? { type: 'short', rows: 1 } : undefined)
    await pulling.turn(60 * MINUTE)
    const before = await cursor()
    change(2, NOON + 9 * MINUTE)
    pulling.now = NOON + 10 * MINUTE
    await pulling.turn()
    expect(await messages()).toBe(1)
    expect(await cursor()).toMatchObject({
      proven_until: before?.proven_until,
      read_until: pulling.now - 5 * SECOND,
    })
    expect(await pulling.freshness()).toMatchObject({ state: 'blind', unproven: { windows: 1, claimed: 1, seen: 0 } })
    list.faultFrom = () => undefined
    pulling.now = NOON + 30 * MINUTE
    await pulling.turn()
    expect([await messages(), (await pulling.freshness()).state]).toEqual([2, 'fresh'])
  })

  it('for hours is few rows: what joins is one window, as long as the marketplace takes', async () => {
    list.faults = [{ type: 'total', by: 1 }]
    for (let minute = 0; minute <= 60; minute += 5) {
      pulling.now = NOON + minute * MINUTE
      await pulling.turn()
    }
    const { unproven } = await pulling.freshness()
    expect(unproven?.windows).toBeLessThanOrEqual(wire === 'pinduoduo' ? 5 : 1)
    expect((await cursor())?.read_until).toBe(pulling.now - 5 * SECOND)
  })

  it('of which a row names no case is not whole either: the row is kept, and the store says so', async () => {
    change(1, NOON - MINUTE)
    list.faults = [{ type: 'rows', form: 'unnamed' }]
    await pulling.turn()
    expect(await messages()).toBe(1)
    expect(await pulling.freshness()).toMatchObject({ state: 'behind', trouble: '1 row names no case' })
  })
})

describe.each(WIRES)('A1: whatever a %s list answers', (wire) => {
  const turnArbitrary = fc.record({
    faults: fc.array(faultArbitrary, { minLength: 1, maxLength: 6 }),
    changes: fc.integer({ min: 0, max: 4 }),
    seconds: fc.integer({ min: 5, max: 900 }),
  })

  it('no watermark moves over a window whose claimed and seen differ', async () => {
    await property(
      fc.array(turnArbitrary, { minLength: 1, maxLength: 6 }),
      async (turns) => {
        await open(wire)
        // From here on the ledger of the store begins; what changed long before is not asked for.
        await pulling.turn()
        for (const { faults, changes, seconds } of turns) {
          for (let i = 0; i < changes; i++) change(++seen, pulling.now - i * SECOND)
          list.faults = faults
          pulling.now += seconds * SECOND
          await pulling.turn()
          expect(await passedUnproven(db.database, pulling.store, 10 * MINUTE)).toEqual([])
          const fresh = await pulling.freshness()
          if (fresh.unproven !== null) expect(fresh.state).not.toBe('fresh')
        }
        // Honest at last: everything that ever changed is known, and proven.
        list.faults = []
        pulling.now += 15 * MINUTE
        await pulling.turn()
        await pulling.turn()
        expect(await pulling.freshness()).toMatchObject({ state: 'fresh', unproven: null })
        const kept = (await rowsOf<{ n: number }>(db, 'SELECT count(DISTINCT digest)::int AS n FROM message'))[0]?.n
        expect(kept).toBeGreaterThanOrEqual(list.changes.size)
      },
      { runs: 8 },
    )
  })

  it('a watermark that is moved by hand over such a window is found out by the ledger', async () => {
    await open(wire)
    await pulling.turn()
    change(++seen, NOON)
    list.faults = [{ type: 'short', rows: 1 }]
    pulling.now = NOON + MINUTE
    await pulling.turn()
    expect(await passedUnproven(db.database, pulling.store, 10 * MINUTE)).toEqual([])
    await db.database.query('UPDATE pull_cursor SET proven_until = read_until')
    expect(await passedUnproven(db.database, pulling.store, 10 * MINUTE)).toHaveLength(1)
  })
})
