import { fingerprintsOf, loadKeys, openVault, verifyKeys } from '#access'
import { CaseSearchHandler, CaseSearchQuery } from '#read-models'
import { emptyTables, useTestDatabase, rowsOf } from '../../../../test/postgres/test-database'
import { keyFrom, resetToFirstFormat } from '../../../../test/support/test-keys'
import type { SealedDatabase } from '../../../../test/support/sealed-database'
import { BUYER, openSealedDatabase } from '../../../../test/support/sealed-database'
import { eraseOrganisation } from './erase'
import type { RotationResult } from './rotate'
import { rotateKeys } from './rotate'
import { readKeyUsage, countAllToReseal } from './status'
import type { ResealTarget } from './targets'
import type { VerifiedTarget } from './verify'
import { countFailures, verify } from './verify'

const db = useTestDatabase()
const [OLD, NEW] = [keyFrom('the old key'), keyFrom('the new key')]
let deployment: SealedDatabase

beforeEach(async () => {
  await emptyTables(db)
  await resetToFirstFormat(db.database)
})
afterEach(() => deployment.close())

interface RotationOptions {
  readonly newOrganisationKeys?: boolean
  readonly targets?: readonly ResealTarget[]
  readonly signal?: AbortSignal
}

const lines: string[] = []
const rotate = (keys: readonly Buffer[], over: RotationOptions = {}): Promise<RotationResult | undefined> =>
  rotateKeys({
    database: db.database,
    vault: openVault(keys),
    targets: deployment.targets,
    say: (line) => void lines.push(line),
    signal: new AbortController().signal,
    announcedMs: 0,
    ...over,
  })
const verifyWith = async (keys: readonly Buffer[]): Promise<VerifiedTarget[]> => {
  const vault = openVault(keys)
  await loadKeys(db.database, vault)
  const verified = []
  for (const target of deployment.targets) verified.push(await verify(db.database, vault, target))
  return verified
}
const countUnopened = async (...keys: Buffer[]): Promise<number> => countFailures(await verifyWith(keys))
const countLeftToReseal = async (): Promise<number> => countAllToReseal(await readKeyUsage(db.database, openVault(NEW)))
/** How many cases of the first organisation a person finds by the buyer's name, whole number, and last four digits. */
const countFoundBuyers = async (...keys: Buffer[]): Promise<number[]> => {
  const vault = openVault(keys)
  await loadKeys(db.database, vault)
  const search = new CaseSearchHandler(db.database)
  const terms = [
    { by: 'name', hashes: fingerprintsOf.name(vault, 1, BUYER.name) },
    { by: 'phone', hashes: fingerprintsOf.phone(vault, 1, BUYER.phone) },
    { by: 'phone-tail', hashes: fingerprintsOf.phoneTail(vault, 1, '5678') },
  ] as const
  return Promise.all(terms.map(async (term) => (await search.execute(new CaseSearchQuery(1, term, 10))).items.length))
}
const readHistories = (): Promise<unknown[]> =>
  rowsOf(
    db,
    `SELECT s.id, s.version, s.state::jsonb - 'buyer' AS state, (SELECT count(*)::int FROM event e WHERE e.stream = s.id) AS events
     FROM stream s ORDER BY s.id`,
  )

describe('a database of an earlier version (fault C2)', () => {
  beforeEach(async () => {
    deployment = await openSealedDatabase(db.database, OLD)
    await deployment.addRound(OLD, 'first')
  })

  it('stays as it is until its keys are rotated, so that the version before can be taken back', async () => {
    await verifyKeys(db.database, openVault(OLD))
    await deployment.addRound(OLD, 'second')
    expect((await deployment.sealedValues()).map(({ sealed }) => sealed[0])).toEqual(
      Array.from(await deployment.sealedValues(), () => 1),
    )
    expect(await countUnopened(OLD)).toBe(0)
  })

  it('is brought under new keys whole, while buyers are found all along, and needs the old key no more', async () => {
    const before = await readHistories()
    await deployment.addRound([OLD, NEW], 'second')
    expect(await rotate([NEW, OLD])).toEqual({ unreadable: 0, oldKeysKeptBecause: undefined })
    expect([await countUnopened(NEW), await countLeftToReseal()]).toEqual([0, 0])
    expect(await countFoundBuyers(NEW)).toEqual([2, 2, 2])
    expect((await deployment.sealedValues()).map(({ sealed }) => sealed[0])).toEqual(
      Array.from(await deployment.sealedValues(), () => 2),
    )
    await expect(verifyKeys(db.database, openVault(OLD))).rejects.toThrow('is not the key')
    await verifyKeys(db.database, openVault(NEW))
    expect((await readHistories()).filter((row) => JSON.stringify(before).includes(JSON.stringify(row)))).toHaveLength(
      2,
    )
  })

  it('finds buyers while it is half done, and continues where it was stopped', async () => {
    const stopping = new AbortController()
    const stopped = deployment.targets.map((target) =>
      target.name === 'effect.sealed'
        ? { ...target, next: () => Promise.reject(new Error('the power was cut')) }
        : target.name === 'message.raw'
          ? { ...target, batch: 1 }
          : target,
    )
    await expect(rotate([NEW, OLD], { targets: stopped, signal: stopping.signal })).rejects.toThrow('power was cut')
    expect(await countLeftToReseal()).toBeGreaterThan(0)
    expect([await countUnopened(NEW, OLD), await countFoundBuyers(NEW, OLD)]).toEqual([0, [1, 1, 1]])
    // What is received meanwhile is sealed by the new keys and found, too.
    await deployment.addRound([NEW, OLD], 'meanwhile')
    expect(await countFoundBuyers(NEW, OLD)).toEqual([2, 2, 2])
    lines.length = 0
    expect(await rotate([NEW, OLD])).toEqual({ unreadable: 0, oldKeysKeptBecause: undefined })
    expect(lines[0]).toBe('resuming an interrupted rotation')
    expect(lines.filter((line) => line.startsWith('message.raw: 4 checked, 4 resealed, done'))).toHaveLength(1)
    expect([await countUnopened(NEW), await countLeftToReseal(), await countFoundBuyers(NEW)]).toEqual([
      0,
      0,
      [2, 2, 2],
    ])
  })

  it('keeps a value that does not open as it is, names how many there are, and is done with all others', async () => {
    await db.database.query('UPDATE message SET raw = set_byte(raw, 20, get_byte(raw, 20) # 1) WHERE id = 1')
    expect(await rotate([NEW, OLD])).toEqual({ unreadable: 1, oldKeysKeptBecause: undefined })
    expect(await countUnopened(NEW)).toBe(1)
  })

  it('has the same history, event by event, after the change', async () => {
    await rotate([NEW, OLD])
    const before = await rowsOf(db, 'SELECT stream, version, type FROM event ORDER BY 1, 2')
    expect(await rotate([NEW])).toEqual({ unreadable: 0, oldKeysKeptBecause: undefined })
    expect(await rowsOf(db, 'SELECT stream, version, type FROM event ORDER BY 1, 2')).toEqual(before)
  })
})

describe('a database with keys of organisations (fault C2)', () => {
  beforeEach(async () => {
    await db.database.query('UPDATE sealing SET format = 2, reads_first = false')
    deployment = await openSealedDatabase(db.database, OLD)
    await deployment.addRound(OLD, 'first')
  })

  it('gets another master key without one value being written: only the keys of organisations are wrapped again', async () => {
    const bytes = (): Promise<unknown[]> => rowsOf(db, 'SELECT id, raw, xmin::text FROM message ORDER BY id')
    const before = await bytes()
    expect(await rotate([NEW, OLD])).toEqual({ unreadable: 0, oldKeysKeptBecause: undefined })
    expect(await bytes()).toEqual(before)
    expect([await countUnopened(NEW), await countFoundBuyers(NEW)]).toEqual([0, [1, 1, 1]])
    await expect(verifyKeys(db.database, openVault(OLD))).rejects.toThrow('is not the key')
  })

  it('gets new keys of organisations, too, with everything sealed again, and forgets those of before', async () => {
    const before = await rowsOf<{ id: string }>(db, 'SELECT id FROM organisation_key')
    expect(await rotate([OLD], { newOrganisationKeys: true })).toEqual({ unreadable: 0, oldKeysKeptBecause: undefined })
    const after = await rowsOf<{ id: string }>(db, 'SELECT id FROM organisation_key')
    expect(after.filter(({ id }) => before.some((one) => one.id === id))).toEqual([])
    expect([after.length, await countUnopened(OLD), await countLeftToReseal(), await countFoundBuyers(OLD)]).toEqual([
      2,
      0,
      0,
      [1, 1, 1],
    ])
  })

  it('gives up no key while it knows one that was not given', async () => {
    await verifyKeys(db.database, openVault([keyFrom('a third'), OLD]))
    const rotated = await rotate([NEW, OLD])
    expect(rotated?.oldKeysKeptBecause).toMatch(/^the database knows the keys [0-9a-f]{8}, which were not given/)
    await verifyKeys(db.database, openVault(OLD))
  })

  it('is rotated by one at a time', async () => {
    const [one, other] = await Promise.all([rotate([NEW, OLD]), rotate([NEW, OLD])])
    expect([one, other].filter((rotated) => rotated === undefined)).toHaveLength(1)
  })

  it('opens nothing of an organisation that was erased, and everything of the other', async () => {
    await eraseOrganisation(db.database, openVault(OLD), 'one')
    const verified = await verifyWith([OLD])
    expect(countFailures(verified)).toBe(0)
    for (const { target, opened, unopened: not } of verified)
      expect([target, not]).toEqual([target, { 'destroyed-key': opened }])
    const { values } = await readKeyUsage(db.database, openVault(OLD))
    for (const { target, current, erased } of values) expect([target, current]).toEqual([target, erased])
    await expect(openSealedDatabase(db.database, OLD)).rejects.toThrow('was destroyed')
  })
})
