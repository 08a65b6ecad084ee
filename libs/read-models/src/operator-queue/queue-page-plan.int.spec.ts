/** Row-level security must not change how a page is read: along an index, from one position to another. */
import type { DataSource } from 'typeorm'
import { withTenants } from '#event-store'
import { useRole, useTestDatabase } from '../../../../test/postgres/test-database'
import { QueuePageHandler, QueuePageQuery } from './queue-page'
import type { QueueFilter } from './queue-page'

const db = useTestDatabase()
const console_ = useRole(db, 'console')

interface PlanNode {
  readonly 'Relation Name'?: string
  readonly 'Index Name'?: string
  readonly 'Index Cond'?: string
  readonly Filter?: string
  readonly Plans?: readonly PlanNode[]
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** The plan of a page's statement as the console's role gets it, with sorting and reading whole tables made expensive. */
async function planOf(filter: Omit<QueueFilter, 'org' | 'stores'>, sort: 'deadline' | 'risk'): Promise<PlanNode[]> {
  const statements: [sql: string, values: unknown[]][] = []
  const recording = {
    query(sql: string, values: unknown[]) {
      statements.push([sql, values])
      return Promise.resolve([])
    },
  } as unknown as DataSource
  await new QueuePageHandler(recording).execute(new QueuePageQuery({ org: 1, stores: [1, 2], ...filter }, sort, 50))
  const [sql, values] = statements[0] ?? ['', []]
  return withTenants([1], () =>
    console_.database.transaction(async (manager) => {
      for (const way of ['seqscan', 'bitmapscan', 'sort']) await manager.query(`SET LOCAL enable_${way} = off`)
      const [row] = await manager.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }[]>(
        `EXPLAIN (FORMAT JSON) ${sql}`,
        values,
      )
      if (row === undefined) throw new Error('no plan')
      return nodesOf(row['QUERY PLAN'][0].Plan)
    }),
  )
}

describe('a page of the queue under row-level security', () => {
  it.each([
    ['our turn, by deadline', { turns: ['us'] }, 'deadline'],
    ['our turn, by risk', { turns: ['us'] }, 'risk'],
    ['some kinds, by deadline', { kinds: ['exchange'] }, 'deadline'],
    ['some kinds, by risk', { kinds: ['exchange'] }, 'risk'],
    ['finished cases', { turns: ['nobody'] }, 'deadline'],
  ] as const)('of %s is bounded by index conditions at both ends', async (_, filter, sort) => {
    const scans = (await planOf(filter, sort)).filter(
      (node) => node['Relation Name'] === 'queue_row' && node['Index Name'] !== 'queue_row_pkey',
    )
    expect(scans).toHaveLength(2)
    for (const scan of scans) {
      expect(scan['Index Cond']?.match(/ROW\(\w+, case_id\)/g)).toHaveLength(2)
      expect(scan.Filter ?? '').not.toContain('ROW(')
    }
  })
})
