import { randomBytes } from 'node:crypto'
import type { DataSource, MixedList } from 'typeorm'
import { openDatabase, PROCESS_ROLES, roleName } from '#event-store'
import { databaseUrl, runStatement, testServerUrl } from './server'

/** A database as managed services give it: its owner may create no roles. */
export interface ManagedDatabase {
  readonly name: string
  readonly owner: string
  /** The owner's. */
  readonly url: string
  /** Of the owner; empty at first. */
  readonly database: DataSource
  readonly addressOf: (user: string, password: string) => string
  readonly asAdministrator: (sql: string) => Promise<void>
}

/** A new one for a spec; afterwards it is dropped together with its roles. */
export function useManagedDatabase(migrations: MixedList<new () => object>): ManagedDatabase {
  const name = `managed_${randomBytes(5).toString('hex')}`
  const owner = `${name}_owner`
  const password = randomBytes(12).toString('hex')
  const addressOf = (user: string, itsPassword: string): string => {
    const url = new URL(databaseUrl(testServerUrl(), name))
    ;[url.username, url.password] = [user, itsPassword]
    return url.href
  }
  let database: DataSource
  beforeAll(async () => {
    await runStatement(testServerUrl(), `CREATE ROLE ${owner} LOGIN PASSWORD '${password}'`)
    await runStatement(testServerUrl(), `CREATE DATABASE ${name} OWNER ${owner}`)
    database = await openDatabase({ url: addressOf(owner, password), pool: 3, migrations })
  })
  afterAll(async () => {
    await database.destroy()
    await runStatement(testServerUrl(), `DROP DATABASE ${name} WITH (FORCE)`)
    const roles = PROCESS_ROLES.map((role) => roleName(name, role))
    await runStatement(testServerUrl(), `DROP ROLE ${[...roles, owner].join()}`)
  })
  return {
    ...{ name, owner, addressOf },
    get url() {
      return addressOf(owner, password)
    },
    get database() {
      return database
    },
    asAdministrator: (sql) => runStatement(databaseUrl(testServerUrl(), name), sql),
  }
}
