import {
  emptyTables,
  useTestDatabase,
  rowsOf,
  beginTransaction,
  untilLockWaits,
} from '../../../../test/postgres/test-database'
import { appendAudit, audited, auditOf } from './audit'
import { verifyAudit } from './verify-audit'

const db = useTestDatabase()
beforeEach(() => emptyTables(db))

const lin = { org: 1, kind: 'person', id: 'lin' } as const
const ACTIONS = ['case.acted', 'case.read', 'session.opened']

const append = (n: number, org = 1): Promise<void> =>
  db.database.transaction((manager) =>
    appendAudit(
      manager,
      { org, actor: `person:${n % 2}`, action: ACTIONS[n % 3] as string, subject: `case:${n}`, details: { n } },
      1_000 + n,
    ),
  )

describe('an audit', () => {
  it('numbers the entries of each organisation from 1, newest first', async () => {
    for (const n of [1, 2, 3]) await append(n)
    await append(9, 2)
    expect(await auditOf(db.database, 1, { limit: 2 })).toEqual([
      { org: 1, n: 3, at: 1_003, actor: 'person:1', action: 'case.acted', subject: 'case:3', details: { n: 3 } },
      { org: 1, n: 2, at: 1_002, actor: 'person:0', action: 'session.opened', subject: 'case:2', details: { n: 2 } },
    ])
    expect((await auditOf(db.database, 2, { limit: 9 })).map(({ n, subject }) => [n, subject])).toEqual([[1, 'case:9']])
    expect(await auditOf(db.database, 3, { limit: 9 })).toEqual([])
  })

  it.each([
    ['actor', { actor: 'person:0' }, [6, 4, 2]],
    ['action', { action: 'case.acted' }, [6, 3]],
    ['kind of action', { action: 'case.' }, [6, 4, 3, 1]],
    ['the beginning of a word finds nothing', { action: 'case' }, []],
    ['subject', { subject: 'case:5' }, [5]],
    ['time', { from: 1_002, until: 1_004 }, [3, 2]],
    ['the page before', { before: 3 }, [2, 1]],
    ['several at once', { actor: 'person:1', action: 'case.', before: 3 }, [1]],
  ])('is found by %s', async (_, filter, found) => {
    for (const n of [1, 2, 3, 4, 5, 6]) await append(n)
    expect((await auditOf(db.database, 1, { ...filter, limit: 100 })).map(({ n }) => n)).toEqual(found)
  })

  it('has no entry of a transaction that was rolled back', async () => {
    await db.database.transaction((manager) => audited(manager, lin, 'case.acted', 'case:1', { fen: 8_900 }, 5))
    const open = await beginTransaction(db.database, (manager) => audited(manager, lin, 'case.acted', 'case:2', {}, 6))
    await open.rollBack()
    await db.database.transaction((manager) => audited(manager, lin, 'case.acted', 'case:3', {}, 7))
    expect((await auditOf(db.database, 1, { limit: 9 })).map(({ n, subject }) => [n, subject])).toEqual([
      [2, 'case:3'],
      [1, 'case:1'],
    ])
    expect((await verifyAudit(db.database, 1)).flaws).toEqual([])
  })

  it('is one chain even with concurrent transactions; organisations do not wait for each other', async () => {
    const open = await beginTransaction(db.database, (manager) => audited(manager, lin, 'case.acted', 'case:0', {}, 1))
    await append(1, 2)
    const waiting = [append(1), append(2), append(3)]
    await untilLockWaits(db.database, 3)
    await open.commit()
    await Promise.all(waiting)
    await Promise.all(Array.from({ length: 40 }, (_, n) => append(n)))
    expect(await verifyAudit(db.database, 1)).toMatchObject({ org: 1, entries: 44, flaws: [], head: { n: 44 } })
  })

  it.each([
    `UPDATE audit_entry SET actor = 'person:x'`,
    `DELETE FROM audit_entry`,
    `TRUNCATE audit_entry`,
    `DELETE FROM audit_head`,
    `TRUNCATE audit_head`,
    `UPDATE audit_head SET n = n + 2, previous = hash`,
    `UPDATE audit_head SET n = n + 1`,
    `UPDATE audit_head SET org = 7, n = n + 1, previous = hash`,
    `INSERT INTO audit_head VALUES (1, 1, '', '') ON CONFLICT (org) DO UPDATE SET n = 1`,
  ])('cannot be changed: %s', async (statement) => {
    await append(1)
    await expect(db.database.query(statement)).rejects.toThrow('the audit is append only')
    expect(await rowsOf(db, 'SELECT h.org, h.n, actor FROM audit_head h JOIN audit_entry e USING (org, n)')).toEqual([
      { org: 1, n: 1, actor: 'person:1' },
    ])
  })
})
