import { Unsealable, loadKeys, openVault } from '#access'
import { useTestDatabase, rowsOf } from '../postgres/test-database'
import { keyFrom } from '../support/test-keys'
import type { SealedDatabase } from '../support/sealed-database'
import { openSealedDatabase } from '../support/sealed-database'

const db = useTestDatabase()
const KEY = keyFrom('the key')
let deployment: SealedDatabase

beforeAll(async () => {
  deployment = await openSealedDatabase(db.database, KEY)
  await deployment.addRound(KEY, 'first')
})
afterAll(() => deployment.close())

/** `bytea` columns without sealed values, and why they need none. */
const NOT_SEALED: Readonly<Record<string, string>> = {
  'api_key.secret': 'a hash of 32 random bytes',
  'one_time_link.token': 'a hash of 32 random bytes',
  'oidc_attempt.browser': 'a hash of 32 random bytes',
  'oidc_attempt.state': 'a hash of 32 random bytes',
  'passkey.credential': 'an id that a device chose; it opens nothing',
  'passkey.public_key': 'a public key',
  'passkey_challenge.challenge': 'random bytes for a device to sign; only its signature counts',
  'recovery_code.hash': 'a hash of ten random bytes',
  'store_authorisation.state': 'a hash of 32 random bytes',
  'session.token': 'a hash of 32 random bytes',
  'audit_entry.hash': 'a hash of ids and codes',
  'audit_entry.previous': 'a hash of ids and codes',
  'audit_head.hash': 'a hash of ids and codes',
  'audit_head.previous': 'a hash of ids and codes',
  'dead_letter.original': 'the received record, which may contain bytes that no text column takes',
  'dead_letter.value': 'the value of a record received from outside or published',
  'key_check.digest': 'a check value of a key',
  'message.digest': 'the hash that identifies a message',
  'organisation_key.wrapped': 'a key, wrapped by a master key for its organisation',
}
const byteaColumns = async (): Promise<string[]> =>
  (
    await rowsOf<{ name: string }>(
      db,
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea' ORDER BY 1`,
    )
  ).map(({ name }) => name)

describe('every sealed value (fault C1)', () => {
  it('is in a column that key rotation covers, or in one that is listed with the reason why not', async () => {
    const sealed = deployment.targets.map(({ name }) => name as string)
    const unknown = (await byteaColumns()).filter((name) => !sealed.includes(name) && NOT_SEALED[name] === undefined)
    expect(unknown).toEqual([])
    await db.database.query('CREATE TABLE canary (secret bytea)')
    expect((await byteaColumns()).filter((name) => !sealed.includes(name) && NOT_SEALED[name] === undefined)).toEqual([
      'canary.secret',
    ])
    await db.database.query('DROP TABLE canary')
  })

  it('can be opened only as the value of its own table, column, row and organisation', async () => {
    const vault = openVault(KEY)
    await loadKeys(db.database, vault)
    const values = await deployment.sealedValues()
    expect([...new Set(values.map(({ place }) => place.column))].sort()).toEqual(
      deployment.targets.map(({ name }) => name).sort(),
    )
    const nameOf = ({ place: { org, column, row } }: (typeof values)[number]): string => `${org} ${column} ${row}`
    const wronglyOpened: string[] = []
    for (const one of values)
      for (const other of values) {
        if (nameOf(one) === nameOf(other)) expect(() => vault.open(one.place, other.sealed)).not.toThrow()
        else
          try {
            vault.open(one.place, other.sealed)
            wronglyOpened.push(`${nameOf(other)} opens as ${nameOf(one)}`)
          } catch (error) {
            expect(error).toBeInstanceOf(Unsealable)
          }
      }
    expect(wronglyOpened).toEqual([])
    expect(values.length).toBeGreaterThan(20)
  })

  it('cannot be opened after it was exchanged with the value of another row', async () => {
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
