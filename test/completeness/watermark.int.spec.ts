import fc from 'fast-check'
import { property } from '../property'
import { emptyTables, useTestDatabase, rowsOf } from '../postgres/test-database'
import type { HostileList, Wire } from './hostile-list'
import { faultArbitrary, openHostileList } from './hostile-list'
import type { PullFixture } from './pull-fixture'
import { openPullFixture, findUnprovenSpansPassed } from './pull-fixture'

const db = useTestDatabase()
const NOON = Date.parse('2026-11-11T04:00:00Z')
const SECOND = 1_000
const MINUTE = 60_000
const WIRES: readonly Wire[] = ['pinduoduo', 'douyin']
/** Case numbers are not reused. */
let lastCaseId = 0

const lists = new Map<Wire, HostileList>()
let list: HostileList
let fixture: PullFixture
async function open(wire: Wire): Promise<void> {
  await emptyTables(db)
  list = lists.get(wire) as HostileList
  list.changes.clear()
  list.faults = []
  list.faultFrom = () => undefined
  list.reset()
  fixture = await openPullFixture(db.database, wire, list.api, NOON)
}
beforeAll(async () => {
  for (const wire of WIRES) lists.set(wire, await openHostileList(wire))
})
afterAll(async () => {
  for (const list_ of lists.values()) await list_.close()
})

const addChange = (id: number, at: number): unknown =>
  list.changes.set(String(7_000_000_000_000_000 + id), Math.floor(at / SECOND))
const countMessages = async (): Promise<number> =>
  (await rowsOf<{ n: number }>(db, 'SELECT count(*)::int AS n FROM message'))[0]?.n ?? -1
const readCursor = async (): Promise<{ proven_until: number; read_until: number } | undefined> =>
  (await rowsOf<{ proven_until: number; read_until: number }>(db, 'SELECT * FROM pull_cursor'))[0]

describe.each(WIRES)('a window of %s that claims two changes and shows none (fault A1)', (wire) => {
  beforeEach(() => open(wire))

  it('does not move the watermark, and the store is shown as behind with the reason', async () => {
    await fixture.runTurn()
    expect(await fixture.freshness()).toMatchObject({ state: 'fresh', trouble: null, unproven: null })
    const proven = (await readCursor())?.proven_until
    addChange(1, NOON)
    addChange(2, NOON + SECOND)
    list.faults = [{ type: 'rows', form: 'absent' }]
    fixture.now = NOON + 30 * SECOND
    await fixture.runTurn()
    expect(await fixture.freshness()).toMatchObject({
      state: 'behind',
      provenUntil: proven,
      trouble: 'the list claims 2 and shows 0',
      unproven: { windows: 1, from: proven, since: NOON + 30 * SECOND, attempts: 1, claimed: 2, seen: 0 },
    })
    fixture.now = NOON + 31 * MINUTE
    await fixture.runTurn()
    expect(await fixture.freshness()).toMatchObject({ state: 'blind', provenUntil: proven })
  })

  it('is read again with back-off until it is complete; then the watermark moves over everything read since', async () => {
    addChange(1, NOON - 5 * MINUTE)
    addChange(2, NOON - 5 * MINUTE + SECOND)
    list.faults = [{ type: 'rows', form: 'null' }]
    await fixture.runTurn()
    for (let minute = 1; minute <= 4; minute++) {
      fixture.now = NOON + minute * MINUTE
      await fixture.runTurn()
    }
    expect(await countMessages()).toBe(0)
    expect((await fixture.freshness()).unproven?.attempts).toBeGreaterThan(2)
    list.faults = []
    fixture.now = NOON + 20 * MINUTE
    await fixture.runTurn()
    expect(await countMessages()).toBe(2)
    expect(await fixture.freshness()).toMatchObject({ state: 'fresh', trouble: null, unproven: null })
    expect(await readCursor()).toMatchObject({ proven_until: fixture.now - 5 * SECOND })
  })

  it('delays no newer change: newer windows are read, and their cases are recorded', async () => {
    addChange(1, NOON - 50 * MINUTE)
    list.faultFrom = (second) => (second * SECOND < NOON - 30 * MINUTE ? { type: 'short', rows: 1 } : undefined)
    await fixture.runTurn(60 * MINUTE)
    const before = await readCursor()
    addChange(2, NOON + 9 * MINUTE)
    fixture.now = NOON + 10 * MINUTE
    await fixture.runTurn()
    expect(await countMessages()).toBe(1)
    expect(await readCursor()).toMatchObject({
      proven_until: before?.proven_until,
      read_until: fixture.now - 5 * SECOND,
    })
    expect(await fixture.freshness()).toMatchObject({
      state: 'blind',
      unproven: { windows: 1, claimed: 1, seen: 0 },
    })
    list.faultFrom = () => undefined
    fixture.now = NOON + 30 * MINUTE
    await fixture.runTurn()
    expect([await countMessages(), (await fixture.freshness()).state]).toEqual([2, 'fresh'])
  })

  it('leaves few rows though it lasts for hours: adjacent unproven windows are merged up to the longest window that the marketplace allows', async () => {
    list.faults = [{ type: 'total', by: 1 }]
    for (let minute = 0; minute <= 60; minute += 5) {
      fixture.now = NOON + minute * MINUTE
      await fixture.runTurn()
    }
    const { unproven } = await fixture.freshness()
    expect(unproven?.windows).toBeLessThanOrEqual(wire === 'pinduoduo' ? 5 : 1)
    expect((await readCursor())?.read_until).toBe(fixture.now - 5 * SECOND)
  })

  it('is incomplete if a row has no case number: the row is stored, and the store shows the reason', async () => {
    addChange(1, NOON - MINUTE)
    list.faults = [{ type: 'rows', form: 'unnamed' }]
    await fixture.runTurn()
    expect(await countMessages()).toBe(1)
    expect(await fixture.freshness()).toMatchObject({ state: 'behind', trouble: '1 row names no case' })
  })
})

describe.each(WIRES)('the watermark, whatever the list of %s answers (fault A1)', (wire) => {
  const turnArbitrary = fc.record({
    faults: fc.array(faultArbitrary, { minLength: 1, maxLength: 6 }),
    changes: fc.integer({ min: 0, max: 4 }),
    seconds: fc.integer({ min: 5, max: 900 }),
  })

  it('does not move over a window whose claimed and seen differ', async () => {
    await property(
      fc.array(turnArbitrary, { minLength: 1, maxLength: 6 }),
      async (turns) => {
        await open(wire)
        // The store's ledger begins here; earlier changes are not pulled.
        await fixture.runTurn()
        for (const { faults, changes, seconds } of turns) {
          for (let i = 0; i < changes; i++) addChange(++lastCaseId, fixture.now - i * SECOND)
          list.faults = faults
          fixture.now += seconds * SECOND
          await fixture.runTurn()
          expect(await findUnprovenSpansPassed(db.database, fixture.store, 10 * MINUTE)).toEqual([])
          const fresh = await fixture.freshness()
          if (fresh.unproven !== null) expect(fresh.state).not.toBe('fresh')
        }
        // Without faults everything that has changed becomes known and proven.
        list.faults = []
        fixture.now += 15 * MINUTE
        await fixture.runTurn()
        await fixture.runTurn()
        expect(await fixture.freshness()).toMatchObject({ state: 'fresh', unproven: null })
        const storedMessages = (
          await rowsOf<{ n: number }>(db, 'SELECT count(DISTINCT digest)::int AS n FROM message')
        )[0]?.n
        expect(storedMessages).toBeGreaterThanOrEqual(list.changes.size)
      },
      { runs: 8 },
    )
  })

  it('canary: is reported if it was moved by hand over such a window', async () => {
    await open(wire)
    await fixture.runTurn()
    addChange(++lastCaseId, NOON)
    list.faults = [{ type: 'short', rows: 1 }]
    fixture.now = NOON + MINUTE
    await fixture.runTurn()
    expect(await findUnprovenSpansPassed(db.database, fixture.store, 10 * MINUTE)).toEqual([])
    await db.database.query('UPDATE pull_cursor SET proven_until = read_until')
    expect(await findUnprovenSpansPassed(db.database, fixture.store, 10 * MINUTE)).toHaveLength(1)
  })
})
