/** Changes (security S13) by a user with all rights on the tables who does not recompute the whole chain. */
import type { EntityManager } from 'typeorm'
import { useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { appendAudit } from './audit'
import { GENESIS, digestOf, hashOf } from './encoding'
import type { EncodedEntry } from './encoding'
import type { KnownHash, VerifiedAudit } from './verify-audit'
import { auditedOrganisations, verifyAudit, verifyAuditIn } from './verify-audit'

const db = useTestDatabase(4)
const ENTRIES = 24
/** Of each kind; 1,000 in all. */
const ROUNDS = 100

/** The same sequence in every run: a failure can be repeated. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

beforeAll(async () => {
  for (let n = 1; n <= ENTRIES; n += 1)
    await db.database.transaction(async (manager) => {
      for (const org of [1, 2])
        await appendAudit(
          manager,
          { org, actor: `person:${n % 5}`, action: 'case.acted', subject: `case:${n}`, details: { fen: n * 100 } },
          n,
        )
    })
})

/** Tampers in a transaction that is taken back afterwards, and says what reading shows meanwhile. */
async function afterTampering(
  tamper: (manager: EntityManager) => Promise<unknown>,
  known: readonly KnownHash[] = [],
): Promise<VerifiedAudit> {
  const runner = db.database.createQueryRunner()
  await runner.startTransaction()
  try {
    // What a superuser can do: the triggers do not fire.
    await runner.query('SET LOCAL session_replication_role = replica')
    await tamper(runner.manager)
    return await verifyAuditIn(runner.manager, 1, known)
  } finally {
    await runner.rollbackTransaction()
    await runner.release()
  }
}

type Tampering = (manager: EntityManager, random: (below: number) => number) => Promise<unknown>
const anyOf = (random: (below: number) => number): number => 1 + random(ENTRIES)

const VALUES: readonly string[] = [
  `actor = actor || 'x'`,
  `action = 'case.read'`,
  `subject = 'case:0'`,
  `details = '{}'`,
  `details = (details::text || ' ')::json`,
  `at = at + 1`,
  `at = -at`,
  `previous = hash`,
  `hash = previous`,
  `hash = set_byte(hash, 31, (get_byte(hash, 31) + 1) % 256)`,
]

/** An edit that also gives the entry the hash that its new contents have. */
const consistently: Tampering = async (manager, random) => {
  const n = anyOf(random)
  const [row] = await manager
    .query<(EncodedEntry & { previous: Buffer })[]>(
      `UPDATE audit_entry SET subject = 'case:0' WHERE org = 1 AND n = $1
     RETURNING org, at, actor, action, subject, details::text AS details, previous`,
      [n],
    )
    .then(([rows]) => rows as unknown as (EncodedEntry & { previous: Buffer })[])
  if (row === undefined) throw new Error('no such entry')
  await manager.query('UPDATE audit_entry SET hash = $2 WHERE org = 1 AND n = $1', [
    n,
    hashOf(row.previous, n, digestOf(row)),
  ])
}

const TAMPERINGS: readonly (readonly [string, Tampering])[] = [
  [
    'an edit',
    (manager, random) =>
      manager.query(
        `UPDATE audit_entry SET ${VALUES[random(VALUES.length)] ?? ''} WHERE org = 1 AND n = ${anyOf(random)}`,
      ),
  ],
  ['an edit with its own hash recomputed', consistently],
  [
    'an edit of several',
    (manager, random) => manager.query(`UPDATE audit_entry SET at = at + 1 WHERE org = 1 AND n >= ${anyOf(random)}`),
  ],
  ['a deletion', (manager, random) => manager.query(`DELETE FROM audit_entry WHERE org = 1 AND n = ${anyOf(random)}`)],
  [
    'a deletion with the numbers closed up',
    async (manager, random) => {
      const n = anyOf(random)
      await manager.query(`DELETE FROM audit_entry WHERE org = 1 AND n = ${n}`)
      await manager.query(`UPDATE audit_entry SET n = -n WHERE org = 1 AND n > ${n}`)
      await manager.query(`UPDATE audit_entry SET n = -n - 1 WHERE org = 1 AND n < 0`)
    },
  ],
  [
    'the end cut off',
    (manager, random) => manager.query(`DELETE FROM audit_entry WHERE org = 1 AND n >= ${anyOf(random)}`),
  ],
  [
    'an insertion at the end',
    (manager, random) =>
      manager.query(
        `INSERT INTO audit_entry SELECT org, ${ENTRIES + 1 + random(3)}, at, actor, action, subject, details, hash, previous
         FROM audit_entry WHERE org = 1 AND n = ${anyOf(random)}`,
      ),
  ],
  [
    'an entry of another organisation',
    async (manager, random) => {
      const n = anyOf(random)
      await manager.query(`DELETE FROM audit_entry WHERE org = 1 AND n = ${n}`)
      await manager.query(`UPDATE audit_entry SET org = 1 WHERE org = 2 AND n = ${n}`)
    },
  ],
  [
    'two that change places',
    async (manager, random) => {
      const a = anyOf(random)
      const b = 1 + ((a - 1 + 1 + random(ENTRIES - 1)) % ENTRIES)
      await manager.query(`UPDATE audit_entry SET n = -n WHERE org = 1 AND n IN (${a}, ${b})`)
      await manager.query(`UPDATE audit_entry SET n = ${a + b} + n WHERE org = 1 AND n < 0`)
    },
  ],
  [
    'another head',
    (manager, random) =>
      manager.query(
        [
          `UPDATE audit_head SET n = n + ${1 + random(5)} WHERE org = 1`,
          `UPDATE audit_head SET n = n - ${1 + random(5)} WHERE org = 1`,
          `UPDATE audit_head SET hash = previous WHERE org = 1`,
          `DELETE FROM audit_head WHERE org = 1`,
        ][random(4)] ?? '',
      ),
  ],
]

describe('the verified audit of an organisation (security S13)', () => {
  it('is verified to its end, separately for each organisation', async () => {
    const [head] = await rowsOf<{ hash: string }>(
      db,
      `SELECT encode(hash, 'hex') AS hash FROM audit_head WHERE org = 1`,
    )
    expect(await verifyAudit(db.database, 1)).toEqual({
      org: 1,
      entries: ENTRIES,
      flaws: [],
      head: { n: ENTRIES, hash: head?.hash },
    })
    expect((await verifyAudit(db.database, 2)).flaws).toEqual([])
    expect(await verifyAudit(db.database, 3)).toEqual({ org: 3, entries: 0, flaws: [], head: undefined })
    expect(await auditedOrganisations(db.database.manager)).toEqual([1, 2])
  })

  it.each(TAMPERINGS)(`shows %s, each of ${ROUNDS} times`, async (_, tamper) => {
    const random = numbersFrom(13)
    const unseen: number[] = []
    for (let round = 0; round < ROUNDS; round += 1)
      if ((await afterTampering((manager) => tamper(manager, random))).flaws.length === 0) unseen.push(round)
    expect(unseen).toEqual([])
  })

  it('is flawless again once the tampering is taken back', async () => {
    expect((await afterTampering(() => Promise.resolve())).flaws).toEqual([])
  })

  it('reports the number of each flawed entry', async () => {
    const flawsAfter = async (...statements: string[]): Promise<unknown> =>
      (
        await afterTampering(async (manager) => {
          for (const statement of statements) await manager.query(statement)
        })
      ).flaws
    expect(await flawsAfter(`UPDATE audit_entry SET at = 0 WHERE org = 1 AND n = 7`)).toEqual([
      { n: 7, flaw: 'changed' },
    ])
    expect(await flawsAfter(`DELETE FROM audit_entry WHERE org = 1 AND n IN (3, 4)`)).toEqual([
      { n: 3, flaw: 'missing' },
    ])
    expect(await flawsAfter(`DELETE FROM audit_entry WHERE org = 1 AND n > 20`)).toEqual([
      { n: 21, flaw: 'end-differs' },
    ])
  })

  it('verifies a chain that was recomputed to its end; only a hash noted outside shows it', async () => {
    const { head } = await verifyAudit(db.database, 1)
    const forge = async (manager: EntityManager): Promise<void> => {
      await manager.query(`UPDATE audit_entry SET actor = 'person:9' WHERE org = 1 AND n = 20`)
      let previous = GENESIS
      const rows = await manager.query<(EncodedEntry & { n: number })[]>(
        `SELECT org, n, at, actor, action, subject, details::text AS details FROM audit_entry WHERE org = 1 ORDER BY n`,
      )
      for (const row of rows) {
        const hash = hashOf(previous, row.n, digestOf(row))
        await manager.query('UPDATE audit_entry SET previous = $2, hash = $3 WHERE org = 1 AND n = $1', [
          row.n,
          previous,
          hash,
        ])
        previous = hash
      }
      await manager.query('UPDATE audit_head SET hash = $1 WHERE org = 1', [previous])
    }
    expect((await afterTampering(forge)).flaws).toEqual([])
    expect((await afterTampering(forge, head === undefined ? [] : [head])).flaws).toEqual([
      { n: ENTRIES, flaw: 'not-as-noted' },
    ])
    const cut = async (manager: EntityManager): Promise<void> => {
      await manager.query(`DELETE FROM audit_entry WHERE org = 1 AND n > 20`)
      await manager.query(
        `UPDATE audit_head h SET n = 20, hash = e.hash FROM audit_entry e WHERE e.org = h.org AND e.n = 20`,
      )
    }
    expect((await afterTampering(cut)).flaws).toEqual([])
    expect((await afterTampering(cut, head === undefined ? [] : [head])).flaws).toEqual([
      { n: ENTRIES, flaw: 'missing' },
    ])
  })
})
