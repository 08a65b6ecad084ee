import { createHash } from 'node:crypto'
import type { INestApplication } from '@nestjs/common'
import type { DataSource, QueryRunner } from 'typeorm'
import { openVault } from '#access'
import { MARKETPLACES } from '#connectors'
import { openDatabase, readPoolUsage } from '#event-store'
import { runtimeOn } from '#runtime'
import { serveGateway } from '../../../apps/gateway/src/serve'
import type { FreshDatabase } from '../../postgres/database'
import { freshDatabase } from '../../postgres/database'
import type { Stack } from '../../support/stack'
import { openStack } from '../../support/stack'
import { countRows } from '../../postgres/count-rows'
import { waitUntil } from '../../processes/wait-until'
import type { PushSenders } from '../push-senders'
import { startPushSenders } from '../push-senders'
import { findLostMessages } from '../../processes/consistency-checks'

const CONNECTIONS = 256
const POOL = 2
const vault = openVault(createHash('sha256').update('a key of the test').digest())
let fresh: FreshDatabase
let stack: Stack
let gatewayDatabase: DataSource
let gateway: INestApplication
let senders: PushSenders

beforeAll(async () => {
  fresh = await freshDatabase()
  stack = await openStack(fresh.url)
  gatewayDatabase = await openDatabase({ url: fresh.url, pool: POOL, migrations: [], statementTimeoutMs: 2_000 })
  const runtime = runtimeOn({ app: 'gateway', database: gatewayDatabase, vault, clock: () => stack.now })
  gateway = await serveGateway(runtime, { lineUp: MARKETPLACES }, { host: '127.0.0.1', port: 0 })
  gateway.useLogger(false)
  senders = startPushSenders(await gateway.getUrl(), { connections: CONNECTIONS, at: stack.now })
})
afterAll(async () => {
  await senders.end()
  await gateway.close()
  await gatewayDatabase.destroy()
  await stack.close()
  await fresh.drop()
})

const countAnswers = (status: string): number => senders.answers[status] ?? 0
const waitForMore = async (status: string, count: number): Promise<void> => {
  const before = countAnswers(status)
  await waitUntil(`${count} more are answered ${status}`, () => countAnswers(status) >= before + count, 60_000)
}

describe('a gateway with two database connections, while a marketplace pushes over 256 (fault F24)', () => {
  it('acknowledges the pushes while both connections are free', async () => {
    await waitForMore('200', 1_000)
    expect(readPoolUsage(gatewayDatabase).size).toBeLessThanOrEqual(POOL)
  })

  it('answers 503 while another client holds both, acknowledges nothing, and recovers by itself when they are free', async () => {
    const held: QueryRunner[] = Array.from({ length: POOL }, () => gatewayDatabase.createQueryRunner())
    await Promise.all(held.map((runner) => runner.connect()))
    const before = countAnswers('200')
    await waitForMore('503', CONNECTIONS)
    // Deliveries that were in progress when the second connection was taken are answered, too.
    expect(countAnswers('200') - before).toBeLessThanOrEqual(CONNECTIONS)
    await Promise.all(held.map((runner) => runner.release()))
    await waitForMore('200', CONNECTIONS)
  }, 300_000)

  it('answers 503 while a lock blocks all writes, and recovers by itself when it is gone', async () => {
    await stack.database.transaction(async (manager) => {
      await manager.query('LOCK TABLE message IN ACCESS EXCLUSIVE MODE')
      await waitForMore('503', CONNECTIONS)
    })
    await waitForMore('200', CONNECTIONS)
  }, 300_000)

  it('has stored everything that it acknowledged', async () => {
    await senders.end()
    expect(Object.keys(senders.answers).sort()).toEqual(['200', '503'])
    expect(
      await findLostMessages(stack.database, vault, {
        acknowledged: { delivered: new Set(senders.acknowledged), messages: new Set() },
      }),
    ).toEqual([])
    expect(await countRows(stack.database, 'message')).toBeGreaterThanOrEqual(senders.acknowledged.size)
  })
})
