import type { DataSource, EntityManager } from 'typeorm'
import type { EncodedEntry } from './encoding'
import { digestOf, GENESIS, hashOf } from './encoding'

/** A hash that was noted outside of the database: the chain up to this entry cannot be rewritten unnoticed. */
export interface KnownHash {
  readonly n: number
  readonly hash: string
}

/** What is wrong at one number of a chain. */
export interface AuditFlaw {
  readonly n: number
  readonly flaw:
    /** The entry does not have the hash that it was written with. */
    | 'changed'
    /** There is no entry of this number. */
    | 'missing'
    /** The entry does not follow the one before it. */
    | 'out-of-place'
    /** The chain does not end as its head says: the end was cut or extended, or the head was changed. */
    | 'end-differs'
    /** The entry does not have the hash that was noted. */
    | 'not-as-noted'
}

export interface VerifiedAudit {
  readonly org: number
  readonly entries: number
  /** The first ones. Empty: every entry is unchanged, in its place, and none is missing. */
  readonly flaws: readonly AuditFlaw[]
  /** The end of the chain, to be noted outside of the database for the next verification. */
  readonly head: KnownHash | undefined
}

const MAX_FLAWS = 20
const ENTRIES_PER_QUERY = 5_000

/**
 * Verifies the whole chain of an organisation. It cannot notice that a user with all rights on the database recomputed the
 * chain from an entry on, together with its head: that is what `known` is for, hashes that were noted outside.
 */
export const verifyAudit = (
  database: DataSource,
  org: number,
  known: readonly KnownHash[] = [],
): Promise<VerifiedAudit> =>
  // One snapshot: entries that are appended in the meantime belong to the next verification.
  database.transaction('REPEATABLE READ', (manager) => verifyAuditIn(manager, org, known))

export async function verifyAuditIn(
  manager: EntityManager,
  org: number,
  known: readonly KnownHash[] = [],
): Promise<VerifiedAudit> {
  const reading = new ChainReading(known)
  for (let rows = await readEntriesAfter(manager, org, 0); rows.length > 0;) {
    for (const row of rows) reading.next(row)
    rows = await readEntriesAfter(manager, org, reading.n)
  }
  const [head] = await manager.query<HeadRow[]>('SELECT n, hash FROM audit_head WHERE org = $1', [org])
  return { org, ...reading.ended(head) }
}

/** Organisations with a head or with entries, so that a chain without one of them is found, too. */
export const auditedOrganisations = async (manager: Pick<EntityManager, 'query'>): Promise<number[]> =>
  (
    await manager.query<{ org: number }[]>(
      'SELECT org FROM audit_head UNION SELECT DISTINCT org FROM audit_entry ORDER BY org',
    )
  ).map(({ org }) => org)

type HeadRow = { readonly n: number; readonly hash: Buffer }
type StoredEntryRow = EncodedEntry & HeadRow & { readonly previous: Buffer }

const readEntriesAfter = (manager: EntityManager, org: number, n: number): Promise<StoredEntryRow[]> =>
  manager.query<StoredEntryRow[]>(
    `SELECT org, n, at, actor, action, subject, details::text AS details, previous, hash
     FROM audit_entry WHERE org = $1 AND n > $2 ORDER BY n LIMIT ${ENTRIES_PER_QUERY}`,
    [org, n],
  )

class ChainReading {
  n = 0
  private entries = 0
  private last = GENESIS
  private readonly flaws: AuditFlaw[] = []

  constructor(private readonly known: readonly KnownHash[]) {}

  next(row: StoredEntryRow): void {
    const { n, previous, hash } = row
    if (n !== this.n + 1) this.found(this.n + 1, 'missing')
    else if (!previous.equals(this.last)) this.found(n, 'out-of-place')
    if (!hashOf(previous, n, digestOf(row)).equals(hash)) this.found(n, 'changed')
    if (this.known.some((one) => one.n === n && one.hash !== hash.toString('hex'))) this.found(n, 'not-as-noted')
    this.n = n
    this.entries += 1
    this.last = hash
  }

  ended(head: HeadRow | undefined): Omit<VerifiedAudit, 'org'> {
    const endsAsHeadSays =
      head === undefined ? this.entries === 0 : head.n === this.n && head.hash.equals(this.last) && this.entries > 0
    if (!endsAsHeadSays) this.found(this.n + 1, 'end-differs')
    for (const { n } of this.known) if (n > this.n) this.found(n, 'missing')
    const end = this.entries === 0 ? undefined : { n: this.n, hash: this.last.toString('hex') }
    return { entries: this.entries, flaws: this.flaws, head: end }
  }

  private found(n: number, flaw: AuditFlaw['flaw']): void {
    if (this.flaws.length < MAX_FLAWS) this.flaws.push({ n, flaw })
  }
}
