import type { DataSource } from 'typeorm'
import { randomBytes } from 'node:crypto'
import type { Vault } from '#access'
import { ACCESS_MIGRATIONS } from '#access'
import {
  EVENT_STORE_MIGRATIONS,
  databaseUrlAs,
  findUnsettableRoles,
  openDatabase,
  readRolePrefix,
  roleName,
  setRolePassword,
} from '#event-store'
import type { OpenRuntime, Runtime, RuntimeOptions } from '#runtime'
import { openRuntime, prepareDatabase } from '#runtime'

/** Database connections of each role; each lane of the worker takes one. */
const CONNECTIONS_PER_ROLE = { gateway: 4, worker: 12, console: 8 }
type RuntimeRole = keyof typeof CONNECTIONS_PER_ROLE

export interface RoleRuntimesOptions extends Omit<RuntimeOptions, 'pool' | 'role' | 'ownerUrl' | 'alsoCounted'> {
  /** The embedded server serves this process only: its roles get passwords of this start. */
  readonly embedded: boolean
  readonly vault: Vault
  /** What has to be done as the owner, after the migrations; its connection is closed afterwards. */
  readonly prepare: (owner: DataSource) => Promise<void>
}

export interface RoleRuntimes extends Readonly<Record<RuntimeRole, Runtime>> {
  close(): Promise<void>
}

/**
 * The runtimes of gateway, worker and console in one process, each on connections of its own role, as in a deployment of many
 * processes. The owner's connections are closed before the first of them is opened.
 */
export async function openRoleRuntimes(options: RoleRuntimesOptions): Promise<RoleRuntimes> {
  const addresses = await prepareAsOwner(options)
  const opened: OpenRuntime[] = []
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0).reverse()) await one.close()
  }
  const open = async (role: RuntimeRole, more: Partial<RuntimeOptions>): Promise<OpenRuntime> => {
    const databaseUrl = addresses?.[role] ?? options.databaseUrl
    const ofRole = addresses === undefined ? {} : { role }
    const runtime = await openRuntime({ ...options, ...ofRole, databaseUrl, pool: CONNECTIONS_PER_ROLE[role], ...more })
    opened.push(runtime)
    return runtime
  }
  try {
    const gateway = await open('gateway', { watch: undefined, wakeUps: false })
    const console_ = await open('console', { watch: undefined })
    // One endpoint of metrics for the process: the worker's, which counts the connections of all.
    const worker = await open('worker', { alsoCounted: [gateway.database, console_.database] })
    const { metrics, tracing } = worker
    return { worker, gateway: { ...gateway, metrics, tracing }, console: { ...console_, metrics, tracing }, close }
  } catch (error) {
    await close()
    throw error
  }
}

type RoleAddresses = Readonly<Record<RuntimeRole, string>>

/** @returns the address of each role; `undefined` where there is no way to them, so that all work as the owner */
async function prepareAsOwner(options: RoleRuntimesOptions): Promise<RoleAddresses | undefined> {
  const { databaseUrl, migrations, vault, report, prepare, embedded, tables, rolePrefix } = options
  const all = [...EVENT_STORE_MIGRATIONS, ...ACCESS_MIGRATIONS, ...migrations]
  await prepareDatabase({ databaseUrl, tables, rolePrefix }, all, vault, report)
  const owner = await openDatabase({ url: databaseUrl, pool: 2, migrations: [] })
  try {
    await prepare(owner)
    const prefix = await readRolePrefix(owner)
    if (prefix === undefined || (await findUnsettableRoles(owner, prefix)).length > 0) {
      report(
        'row-level security is OFF: this user has no roles to work as. `npm run database -- roles` prints what an administrator has to run',
      )
      return undefined
    }
    const addressOf = (role: RuntimeRole): Promise<string> | string =>
      embedded
        ? loginAddress(owner, databaseUrl, roleName(prefix, role))
        : databaseUrlAs(databaseUrl, roleName(prefix, role))
    return {
      gateway: await addressOf('gateway'),
      worker: await addressOf('worker'),
      console: await addressOf('console'),
    }
  } finally {
    await owner.destroy()
  }
}

/** The address of a role with a new random password, which only this process knows. */
async function loginAddress(owner: DataSource, ownersUrl: string, role: string): Promise<string> {
  const password = randomBytes(24).toString('hex')
  await setRolePassword(owner, role, password)
  const url = new URL(ownersUrl)
  url.username = role
  url.password = password
  return url.href
}
