import { createHash } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { Directory, loadKeys, openVault, messageSealingOf } from '#access'
import type { CaseEvent } from '#after-sale'
import { fold } from '#after-sale'
import type { ReplayReport } from '#case-handling'
import { MessageInterpreter, replay } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { acceptMessages, openDatabase } from '#event-store'
import { COMPARABLE_ROWS_SQL, WRONG_TOTALS_SQL, projections } from '#read-models'
import { findWrongTotals, readComparableRows, rebuild } from '#read-models'
import { Chance } from '../../../apps/simulator/src/random'
import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { Push, Stack } from '../../support/stack'
import { openStack, refundPush } from '../../support/stack'
import { countRows } from '../../postgres/count-rows'
import { canonicalJson, hashRows } from '../../processes/canonical-json'
import { caseNumberOf } from '../../support/case-numbers'

const CASES = 400
const HOUR = 3_600_000
let fresh: FreshDatabase
let stack: Stack

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
  await tradeForAWeek()
})
afterAll(async () => {
  await stack.close()
  await fresh.drop()
})

/** Applications, changes, refunds and silences, reported late, twice and out of order, with deadlines that pass in between. */
async function tradeForAWeek(): Promise<void> {
  const draw = new Chance('a week').draw('trade')
  const pushes: Push[] = []
  for (let i = 0; i < CASES; i++) {
    const caseNumber = caseNumberOf(i)
    // All instants are in the past: a report from the future would not be accepted.
    const at = stack.now - draw.between(50 * HOUR, 74 * HOUR)
    pushes.push(refundPush({ caseNumber, at, type: 0, fen: draw.between(1, 100_000) }))
    if (draw.chance(0.6))
      pushes.push(refundPush({ tag: '208', caseNumber, at: at + HOUR, type: 0, fen: draw.between(1, 100_000) }))
    if (draw.chance(0.5)) pushes.push(refundPush({ tag: '202', caseNumber, status: 7, type: 0, at: at + 2 * HOUR }))
    if (draw.chance(0.3)) pushes.push(refundPush({ tag: '206', caseNumber, status: 12, type: 0, at: at + 50 * HOUR }))
    if (draw.chance(0.1)) pushes.push(refundPush({ tag: '208', caseNumber, status: 99, type: 0, at: at + 3 * HOUR }))
  }
  pushes.sort(() => draw.next() - 0.5)
  while (pushes.length > 0) {
    await stack.push(...pushes.splice(0, draw.between(1, 150)))
    await stack.receiveAll()
    stack.now += 8 * HOUR
    while ((await stack.fire()) > 0);
  }
}

/** Copies the keys, as a restored backup has them: without them the raw messages cannot be opened. */
async function copyKeys(from: DataSource, url: string): Promise<void> {
  const keys = await from.query<{ org: number; id: string; master: string; wrapped: Buffer }[]>(
    'SELECT org, id, master, wrapped FROM organisation_key',
  )
  const to = await openDatabase({ url, pool: 1, migrations: [] })
  for (const { org, id, master, wrapped } of keys)
    await to.query('INSERT INTO organisation_key (org, id, master, wrapped) VALUES ($1, $2, $3, $4)', [
      org,
      id,
      master,
      wrapped,
    ])
  await to.destroy()
}

const readStates = (database: DataSource): Promise<{ id: string; state: unknown }[]> =>
  database.query<{ id: string; state: unknown }[]>('SELECT id, state FROM stream ORDER BY id')

/** For each read model: number and hash of its rows, and the totals that differ from the rows. */
async function fingerprintReadModels(database: DataSource): Promise<Record<string, unknown>> {
  const ids = (await readStates(database)).map(({ id }) => id)
  const fingerprints: Record<string, unknown> = {}
  for (const readModel of projections) {
    const rows = [...(await readComparableRows(database, readModel, ids))]
    fingerprints[readModel.name] = [rows.length, hashRows(rows), await findWrongTotals(database, readModel)]
  }
  return fingerprints
}

describe('rebuilding (fault F22)', () => {
  it('restores all cases from their events, byte for byte, the second time too', async () => {
    expect(await countRows(stack.database, 'stream')).toBe(CASES)
    const rows = await stack.database.query<{ stream: string; type: string; body: object }[]>(
      'SELECT stream, type, body FROM event ORDER BY stream, version',
    )
    const byCase = new Map<string, CaseEvent[]>()
    for (const { stream, type, body } of rows) {
      const event = { type, ...body } as CaseEvent
      const history = byCase.get(stream)
      if (history === undefined) byCase.set(stream, [event])
      else history.push(event)
    }
    expect(rows.filter(({ type }) => type === 'DeadlinePassed').length).toBeGreaterThan(10)
    for (let time = 0; time < 2; time++)
      for (const { id, state } of await readStates(stack.database))
        expect(canonicalJson(fold(byCase.get(id) ?? []))).toBe(canonicalJson(state))
  })

  it('restores everything that is shown from the cases, byte for byte, the second time too', async () => {
    const before = await fingerprintReadModels(stack.database)
    expect(Object.keys(before)).toEqual(projections.map(({ name }) => name))
    for (const { tables } of projections)
      for (const { name } of tables) await stack.database.query(`DELETE FROM ${name}`)
    const { signal } = new AbortController()
    for (const differing of [expect.any(Number) as number, 0])
      for (const readModel of projections)
        expect(await rebuild(stack.database, readModel, { holder: 'test', signal })).toMatchObject({
          cases: CASES,
          differing,
        })
    expect(await fingerprintReadModels(stack.database)).toEqual(before)
  })

  it('restores everything that marketplaces reported from the raw messages alone, byte for byte', async () => {
    const secondDatabase = await freshDatabase()
    const vault = openVault(createHash('sha256').update('a key of the test').digest())
    await loadKeys(stack.database, vault)
    const sealing = messageSealingOf(vault)
    await copyKeys(stack.database, secondDatabase.url)
    const secondStack = await openStack(secondDatabase.url)
    const messages = await stack.database.query<
      { app: number; channel: string; received_at: number; raw: Buffer; store: number | null; digest: Buffer }[]
    >('SELECT app, channel, received_at, raw, store, digest FROM message ORDER BY id')
    const [app] = await secondStack.database.query<{ id: number }[]>('SELECT id FROM app')
    await acceptMessages(
      secondStack.database,
      messages.map(({ app: formerApp, channel, received_at, raw, store, digest }) => ({
        org: secondStack.org,
        app: app?.id ?? 0,
        store: store === null ? null : secondStack.store,
        channel,
        key: digest.toString('hex'),
        receivedAt: received_at,
        digest,
        raw: sealing.sealMessage(
          { org: secondStack.org, app: app?.id ?? 0, digest },
          sealing.openMessage({ org: stack.org, app: formerApp, digest }, raw),
        ),
      })),
    )
    secondStack.now = stack.now
    await secondStack.receiveAll(77)
    const reportedStates = async (from: Stack): Promise<string[]> =>
      (await readStates(from.database)).map(({ state }) => {
        // Passed deadlines, the time of opening and the version depend on our processing, not on the marketplace.
        const { passed, version, openedAt, ...history } = state as Record<string, unknown>
        return canonicalJson({ ...history, ours: [typeof passed, typeof version, typeof openedAt] })
      })
    expect(await reportedStates(secondStack)).toEqual(await reportedStates(stack))
    expect(await countRows(secondStack.database, 'quarantine')).toBe(await countRows(stack.database, 'quarantine'))
    await secondStack.close()
    await secondDatabase.drop()
  })

  describe('by a replay, which takes only order, batch limits and clock from what was recorded', () => {
    const vault = openVault(createHash('sha256').update('a key of the test').digest())
    const openInterpreter = (): MessageInterpreter =>
      new MessageInterpreter(MARKETPLACES, new Directory(stack.database, vault), messageSealingOf(vault))
    const everything = { from: 0, to: Number.MAX_SAFE_INTEGER }

    async function runReplay(): Promise<ReplayReport> {
      const scratchDatabase = await freshDatabase()
      const database = await openDatabase({ url: scratchDatabase.url, pool: 2, migrations: [] })
      const scratch = { database, projections, comparableRows: COMPARABLE_ROWS_SQL, wrongTotals: WRONG_TOTALS_SQL }
      try {
        return await replay({ record: stack.database, interpreter: openInterpreter(), scratch }, everything)
      } finally {
        await database.destroy()
        await scratchDatabase.drop()
      }
    }

    it('gives everything as it was, byte for byte, the second time too, and leaves the database unchanged', async () => {
      const before = await fingerprintTables(stack.database)
      const [first, second] = [await runReplay(), await runReplay()]
      expect(first.differences).toEqual([])
      expect(first).toMatchObject({ cases: CASES, messages: await countRows(stack.database, 'message'), differing: [] })
      expect(first.checksums.map(({ projection }) => projection).sort()).toEqual(
        [
          'cases',
          'deadlines',
          'events',
          'messages without events',
          'outgoing',
          ...projections.map(({ name }) => name),
          ...Object.keys(WRONG_TOTALS_SQL).map((name) => `${name} totals`),
        ].sort(),
      )
      expect(second).toEqual(first)
      expect(await fingerprintTables(stack.database)).toEqual(before)
    })

    it('names every difference, field by field, and nothing else', async () => {
      const [changedCase] = await stack.database.query<{ id: string }[]>('SELECT id FROM stream ORDER BY id LIMIT 1')
      const replaceInState = (from: string, to: string): Promise<unknown> =>
        stack.database.query(`UPDATE stream SET state = replace(state::text, $2, $3)::json WHERE id = $1`, [
          changedCase?.id,
          from,
          to,
        ])
      await replaceInState('"marketplace":"douyin"', '"marketplace":"elsewhere"')
      const { differing, differences, checksums } = await runReplay()
      await replaceInState('"marketplace":"elsewhere"', '"marketplace":"douyin"')
      expect(differing).toEqual([changedCase?.id])
      expect(differences).toEqual([
        { projection: 'cases', of: changedCase?.id, at: 'marketplace', recorded: '"elsewhere"', replayed: '"douyin"' },
      ])
      expect(checksums.filter(({ equal }) => !equal).map(({ projection }) => projection)).toEqual(['cases'])
    })

    it('names a row that is missing from any read model', async () => {
      const names: string[] = []
      for (const { name, tables, totals } of projections) {
        const deleteSql = `DELETE FROM ${tables[0].name} WHERE ctid = (SELECT min(ctid) FROM ${tables[0].name}) RETURNING 1`
        const [, count] = await stack.database.query<[unknown, number]>(deleteSql)
        if (count > 0) names.push(name, ...(totals === undefined ? [] : [`${name} totals`]))
      }
      const { checksums } = await runReplay()
      const wrong = checksums.filter(({ equal }) => !equal).map(({ projection }) => projection)
      expect(wrong.sort()).toEqual(names.sort())
      expect(names).toEqual(expect.arrayContaining(['case-search', 'operator-queue', 'operator-queue totals']))
    })
  })
})

/** A hash for every table; none of them is written to by reading. */
async function fingerprintTables(database: DataSource): Promise<string[]> {
  const tables = await database.query<{ name: string }[]>(
    `SELECT relname AS name FROM pg_stat_user_tables ORDER BY relname`,
  )
  const hashes: string[] = []
  for (const { name } of tables) {
    const rows = await database.query<{ row: string }[]>(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`)
    hashes.push(`${name} ${hashRows(rows)}`)
  }
  return hashes
}
