import { FOLD_VERSION } from '#after-sale'
import type { AfterSaleCase, Command } from '#after-sale'
import type { Change } from '#event-store'
import { ConcurrentWrite } from '#event-store'
import { HOUR, NOON, SECOND, aRefundRequest, anyIdentity, reported } from '../../../../test/support/cases'
import {
  emptyTables,
  useTestDatabase,
  rowsOf,
  beginTransaction,
  untilLockWaits,
} from '../../../../test/postgres/test-database'
import { caseIdOf } from './case-id'
import { isTransient } from '../transient-errors'
import type { CommandResult, CaseCommand } from './case-command'
import { CaseWriter } from './case-writer'

const db = useTestDatabase()
const ID = caseIdOf(1, 7, anyIdentity.caseNumber)
const OTHER = caseIdOf(1, 7, 'another')

beforeEach(() => emptyTables(db))

const caseCommand = (command: Command, id = ID): CaseCommand => ({ id, org: 1, store: 7, command, messageId: 5 })
const write = (
  caseCommands: readonly CaseCommand[],
  writer = new CaseWriter([]),
  now = NOON,
): Promise<CommandResult[]> => db.database.transaction((manager) => writer.write(manager, caseCommands, now))
const opening = reported(0, aRefundRequest())
const sentBack = reported(SECOND, { status: { status: 'awaiting-buyer-return', raw: '7' } })
const streams = (): Promise<unknown[]> => rowsOf(db, 'SELECT id, version, fold FROM stream ORDER BY id')
const events = (): Promise<unknown[]> => rowsOf(db, 'SELECT version, type FROM event ORDER BY stream, version')
const timers = (): Promise<unknown[]> => rowsOf(db, 'SELECT stream, kind, due_at FROM timer ORDER BY due_at')
const stateOf = async (id = ID): Promise<AfterSaleCase | undefined> =>
  (await rowsOf<{ state: AfterSaleCase }>(db, 'SELECT state FROM stream WHERE id = $1', [id]))[0]?.state

describe('a batch of commands', () => {
  it('is decided one after the other, and written as events, row, timers and outgoing events together', async () => {
    const results = await write([caseCommand(opening), caseCommand(sentBack), caseCommand(opening, OTHER)])
    expect(results.map(({ after }) => after?.status?.raw)).toEqual(['6', '7', '6'])
    expect(await streams()).toEqual(
      [
        { id: ID, version: 2, fold: FOLD_VERSION },
        { id: OTHER, version: 1, fold: FOLD_VERSION },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    )
    expect(await rowsOf(db, 'SELECT * FROM event WHERE stream = $1 AND version = 2', [ID])).toEqual([
      {
        stream: ID,
        version: 2,
        org: 1,
        type: 'StatusMoved',
        body: {
          from: { status: 'awaiting-merchant-decision', raw: '6' },
          to: { status: 'awaiting-buyer-return', raw: '7' },
          seen: { stamp: sentBack.stamp, facets: ['status'] },
        },
        message_id: 5,
        occurred_at: NOON + SECOND,
        recorded_at: NOON,
      },
    ])
    expect(await timers()).toEqual([{ stream: OTHER, kind: 'SELLER_RESPONSE', due_at: NOON + 48 * HOUR }])
    expect(await rowsOf(db, 'SELECT version, type FROM outgoing ORDER BY position')).toEqual([
      { version: 1, type: 'case-opened.v1' },
      { version: 2, type: 'status-moved.v1' },
      { version: 1, type: 'case-opened.v1' },
    ])
  })

  it('ends in the same rows however it is split', async () => {
    await write([caseCommand(opening), caseCommand(sentBack)])
    const wholeBatch = [await stateOf(), await events(), await timers()]
    await db.database.query('TRUNCATE stream, event, timer, outgoing')
    await write([caseCommand(opening)])
    await write([caseCommand(sentBack)])
    expect([await stateOf(), await events(), await timers()]).toEqual(wholeBatch)
  })

  it('writes nothing when it contains nothing new', async () => {
    await write([caseCommand(opening)])
    const before = await rowsOf(db, 'SELECT ctid::text, xmin::text FROM stream')
    await write([caseCommand(opening), caseCommand(opening)])
    expect(await rowsOf(db, 'SELECT ctid::text, xmin::text FROM stream')).toEqual(before)
    expect(await events()).toHaveLength(1)
  })

  it('leaves no case behind when a command was refused', async () => {
    const refused = caseCommand({ type: 'FireTimer', kind: 'SELLER_RESPONSE', due: NOON, now: NOON })
    expect(await write([refused])).toEqual([
      {
        caseCommand: refused,
        after: undefined,
        effects: [],
        events: [],
        refused: { type: 'refused', reason: 'NoSuchCase' },
      },
    ])
    expect(await streams()).toEqual([])
  })
})

describe('two workers that open the same new case at once', () => {
  it.each([
    ['one event each', [caseCommand(sentBack)]],
    [
      'more events than the first had',
      [caseCommand(sentBack), caseCommand(reported(2 * SECOND, { amounts: { total: 1, legs: {} } }))],
    ],
  ])('create one case and lose no event: %s', async (_, caseCommands) => {
    const first = await beginTransaction(db.database, (manager) =>
      new CaseWriter([]).write(manager, [caseCommand(opening)], NOON),
    )
    const second = write(caseCommands)
    await untilLockWaits(db.database, 1)
    await first.commit()
    expect((await second).map(({ after }) => after?.version)).toEqual(caseCommands.map((_work, i) => 2 + i))
    expect(await streams()).toEqual([{ id: ID, version: 1 + caseCommands.length, fold: FOLD_VERSION }])
    expect(await events()).toHaveLength(1 + caseCommands.length)
  })

  it('in batches of many cases, in opposite orders, create each case once', async () => {
    const ids = Array.from({ length: 50 }, (_, i) => caseIdOf(1, 7, String(i)))
    const batches = [ids, [...ids].reverse(), ids, [...ids].reverse()]
    const answers = await Promise.allSettled(
      batches.map((batch, i) =>
        write(batch.map((id) => caseCommand(reported(i * SECOND, { reason: { text: `said ${i}` } }), id))),
      ),
    )
    // A conflicting writer retries, as the loop does.
    for (const [i, answer] of answers.entries())
      if (answer.status === 'rejected') {
        expect(isTransient(answer.reason)).toBe(true)
        await write(
          (batches[i] ?? []).map((id) => caseCommand(reported(i * SECOND, { reason: { text: `said ${i}` } }), id)),
        )
      }
    const states = await rowsOf<{ state: AfterSaleCase }>(db, 'SELECT state FROM stream')
    expect(states.length).toBe(50)
    for (const { state } of states)
      expect([state.firstReason, state.reason]).toEqual([{ text: 'said 0' }, { text: 'said 3' }])
  })

  it('let the second open it when the first rolls back', async () => {
    const first = await beginTransaction(db.database, (manager) =>
      new CaseWriter([]).write(manager, [caseCommand(opening)], NOON),
    )
    const second = write([caseCommand(sentBack)])
    await untilLockWaits(db.database, 1)
    await first.rollBack()
    await second
    expect(await events()).toEqual([{ version: 1, type: 'CaseOpened' }])
  })

  it('make the later of two reports of a known case wait for the earlier and build on it', async () => {
    await write([caseCommand(opening)])
    const first = await beginTransaction(db.database, (manager) =>
      new CaseWriter([]).write(manager, [caseCommand(sentBack)], NOON),
    )
    const second = write([caseCommand(reported(2 * SECOND, { status: { status: 'refunding', raw: '4' } }))])
    await untilLockWaits(db.database, 1)
    await first.commit()
    expect((await second)[0]?.after?.version).toBe(3)
    expect((await stateOf())?.reached).toEqual({
      'status:6': NOON,
      'status:7': NOON + SECOND,
      'status:4': NOON + 2 * SECOND,
    })
  })
})

describe('a case that was folded by an older version', () => {
  const storeOldFold = (): Promise<unknown> =>
    rowsOf(db, `UPDATE stream SET fold = 0, state = '{"version": 2, "old": true}'`)

  it('is refolded from its events as soon as it is used', async () => {
    await write([caseCommand(opening), caseCommand(sentBack)])
    const before = await stateOf()
    await storeOldFold()
    await write([caseCommand(reported(2 * SECOND, { status: { status: 'succeeded', raw: '12' } }))])
    expect(await stateOf()).toMatchObject({ version: 3, firstReason: before?.firstReason, status: { raw: '12' } })
    expect(await streams()).toEqual([{ id: ID, version: 3, fold: FOLD_VERSION }])
  })

  it('is stored refolded even when nothing else is new, and gets the timers of the current fold', async () => {
    await write([caseCommand(opening)])
    const [before, clocks] = [await stateOf(), await timers()]
    await storeOldFold()
    await db.database.query('TRUNCATE timer')
    await write([caseCommand(opening)])
    expect([await stateOf(), await timers(), await events()]).toEqual([
      before,
      clocks,
      [{ version: 1, type: 'CaseOpened' }],
    ])
  })
})

describe('the projections', () => {
  it('receive each changed case once, with its state before and after the batch', async () => {
    const seenChanges: Change<AfterSaleCase>[] = []
    const writer = new CaseWriter([{ name: 'spying', apply: async (_, changes) => void seenChanges.push(...changes) }])
    await write([caseCommand(opening), caseCommand(sentBack)], writer)
    await write([caseCommand(opening)], writer)
    expect(seenChanges.map(({ id, before, after, at }) => [id, before, after.version, at])).toEqual([
      [ID, undefined, 2, NOON],
    ])
  })

  it('roll the whole batch back when one of them fails', async () => {
    const writer = new CaseWriter([{ name: 'broken', apply: (manager) => manager.query('SELECT 1 / 0') }])
    await expect(write([caseCommand(opening)], writer)).rejects.toThrow('division by zero')
    expect([await streams(), await events(), await timers(), await rowsOf(db, 'SELECT * FROM outgoing')]).toEqual([
      [],
      [],
      [],
      [],
    ])
  })
})

describe('the outgoing rows of a batch', () => {
  it('never contain the buyer in any form', async () => {
    const buyer = { sealed: 'canary-sealed', nameMask: '王**', nameHash: 'canary-hash', phoneMask: '138****5678' }
    await write([caseCommand(reported(0, { ...aRefundRequest(), buyer }))])
    await write([caseCommand(reported(SECOND, { buyer: { ...buyer, sealed: 'canary-sealed-2' } }))])
    expect(await events()).toEqual([
      { version: 1, type: 'CaseOpened' },
      { version: 2, type: 'BuyerKnown' },
    ])
    const [row, ...otherRows] = await rowsOf<{ body: unknown }>(db, 'SELECT type, body FROM outgoing')
    expect(otherRows).toEqual([])
    expect(JSON.stringify(row)).not.toMatch(/canary|王|5678|buyer"/)
  })
})

it('a concurrent write is a transient error: nothing is quarantined for it', () => {
  expect(isTransient(new ConcurrentWrite())).toBe(true)
})
