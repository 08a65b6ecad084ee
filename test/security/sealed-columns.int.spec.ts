import { Unsealable, loadKeys, openVault } from '#access'
import { useTestDatabase, rowsOf } from '../postgres/test-database'
import { keyFrom } from '../trade/test-keys'
import type { SealedDatabase } from '../trade/sealed-database'
import { openSealedDatabase } from '../trade/sealed-database'

const db = useTestDatabase()
const KEY = keyFrom('the key')
let deployment: SealedDatabase

beforeAll(async () => {
  deployment = await openSealedDatabase(db.database, KEY)
  await deployment.addRound(KEY, 'first')
})
afterAll(() => deployment.close())

/** Columns of bytes that hold no sealed value of an organisation, and why. */
const NOT_SEALED: Readonly<Record<string, string>> = {
  'audit_entry.hash': 'a hash of ids and codes',
  'audit_entry.previous': 'a hash of ids and codes',
  'audit_head.hash': 'a hash of ids and codes',
  'audit_head.previous': 'a hash of ids and codes',
  'dead_letter.original': 'what came from others, with letters that no text takes',
  'dead_letter.value': 'what is for others, or came from them',
  'key_check.digest': 'a check value of a key',
  'message.digest': 'a hash that a message is known by',
  'organisation_key.wrapped': 'a key, wrapped by a master key for its organisation',
}
const bytesOf = async (): Promise<string[]> =>
  (
    await rowsOf<{ name: string }>(
      db,
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea' ORDER BY 1`,
    )
  ).map(({ name }) => name)

describe('C1: every sealed value', () => {
  it('is of a column that is known here: a new column of bytes is sealed and changed with the keys, or says why not', async () => {
    const sealed = deployment.targets.map(({ name }) => name as string)
    const unknown = (await bytesOf()).filter((name) => !sealed.includes(name) && NOT_SEALED[name] === undefined)
    expect(unknown).toEqual([])
    await db.database.query('CREATE TABLE canary (secret bytea)')
    expect((await bytesOf()).filter((name) => !sealed.includes(name) && NOT_SEALED[name] === undefined)).toEqual([
      'canary.secret',
    ])
    await db.database.query('DROP TABLE canary')
  })

  it('opens in its place, and in the place of no other, of whatever table, row, column or organisation', async () => {
    const vault = openVault(KEY)
    await loadKeys(db.database, vault)
    const values = await deployment.sealedValues()
    expect([...new Set(values.map(({ place }) => place.column))].sort()).toEqual(
      deployment.targets.map(({ name }) => name).sort(),
    )
    const nameOf = ({ place: { org, column, row } }: (typeof values)[number]): string => `${org} ${column} ${row}`
    const opened: string[] = []
    for (const one of values)
      for (const other of values) {
        if (nameOf(one) === nameOf(other)) expect(() => vault.open(one.place, other.sealed)).not.toThrow()
        else
          try {
            vault.open(one.place, other.sealed)
            opened.push(`${nameOf(other)} opens as ${nameOf(one)}`)
          } catch (error) {
            expect(error).toBeInstanceOf(Unsealable)
          }
      }
    expect(opened).toEqual([])
    expect(values.length).toBeGreaterThan(20)
  })

  it('is found by this test where two are exchanged in the tables', async () => {
    await db.database.query(
      `UPDATE message m SET raw = o.raw FROM message o WHERE m.id <> o.id AND m.org = 1 AND o.org = 1`,
    )
    const vault = openVault(KEY)
    await loadKeys(db.database, vault)
    const messages = (await deployment.sealedValues()).filter(
      ({ place }) => place.column === 'message.raw' && place.org === 1,
    )
    for (const { place, sealed } of messages) expect(() => vault.open(place, sealed)).toThrow(Unsealable)
    expect(messages).toHaveLength(2)
  })
})
