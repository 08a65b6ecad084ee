/** Reads what an organisation could see without the API: over the database, Kafka and metrics. */
import { outgoingBatchOf } from '../../../libs/messaging/src/publishing/outgoing-batch'
import { databaseUrlAs, databaseUrlOf, openDatabase, readFeed, roleName, withTenants } from '#event-store'
import { readDeploymentStatus } from '#read-models'
import { Metrics, exportDeploymentMetrics } from '#runtime'
import type { AfterSaleCase } from '#after-sale'
import type { Stack } from '../../../apps/console/test/stack'
import { ALL_TABLES } from '../../postgres/migrations'
import { TEST_ROLES } from '../../postgres/test-roles'

/** Every row that the role of the console is shown over a connection of its own with these organisations set, as text by table. */
export async function rowsShownTo({ database }: Stack, orgs: readonly number[]): Promise<Record<string, string>> {
  const url = databaseUrlAs(databaseUrlOf(database), roleName(TEST_ROLES, 'console'))
  const console_ = await openDatabase({ url, pool: 1, migrations: [] })
  const shown: Record<string, string> = {}
  try {
    for (const [name, access] of Object.entries(ALL_TABLES)) {
      // Those that it has to read before it knows the organisation are declared, each with the reason.
      if (access.type !== 'tenants' || access.console === undefined || access.across.console !== undefined) continue
      const sql = `SELECT coalesce(string_agg(t::text, E'\\n'), '') AS rows FROM "${name}" t`
      const [row] = await withTenants(orgs, () => console_.query<{ rows: string }[]>(sql))
      shown[name] = row?.rows ?? ''
    }
  } finally {
    await console_.destroy()
  }
  return shown
}

/** A Kafka record as text. `org` 0: its case is unknown. */
interface PublishedRecord {
  readonly org: number
  readonly key: string
  readonly text: string
}

/** The records that Kafka would be sent, with the organisation of the case that each is keyed by. */
export async function recordsOf({ database }: Stack): Promise<PublishedRecord[]> {
  const cases = await database.query<{ id: string; org: number; state: AfterSaleCase }[]>(
    'SELECT id, org, state FROM stream',
  )
  const rows = await readFeed(database, { tx: '0', position: 0 }, 10_000)
  const orgOf = new Map(cases.map(({ id, org }) => [id, org]))
  return outgoingBatchOf(rows, cases)
    .requests.flat()
    .map(({ key, value, headers }) => ({
      org: orgOf.get(key) ?? 0,
      key,
      text: `${key} ${value.toString()} ${JSON.stringify(headers)}`,
    }))
}

/** What Prometheus would be shown by a worker of both organisations. */
export async function metricsOf({ database, now }: Stack): Promise<string> {
  const metrics = new Metrics('worker')
  exportDeploymentMetrics(metrics, () => readDeploymentStatus(database, now))
  return metrics.text()
}
