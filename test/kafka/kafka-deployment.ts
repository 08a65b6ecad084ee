import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Brokers } from '#messaging'
import { countRows } from '../postgres/count-rows'
import { waitUntil } from '../processes/wait-until'
import { startWorker } from '../processes/real-process'
import type { RealProcess } from '../processes/real-process'
import type { FreshDatabase } from '../postgres/database'
import { freshDatabase } from '../postgres/database'
import type { Stack } from '../support/stack'
import { openStack, refundPush } from '../support/stack'
import { COPY_TABLES } from './copying-consumer'
import type { TestKafka } from './test-kafka'
import { openTestKafka } from './test-kafka'
import { ROOT } from './installation'
import type { TopicMessage } from './read-topic'
import { readTopic } from './read-topic'

/** A stack on a database of its own, a Kafka, and worker processes that publish from the one to the other. */
export interface KafkaDeployment {
  readonly url: string
  readonly stack: Stack
  readonly kafka: TestKafka
  /** Adds cases with two reports each; they are in the database when it resolves. */
  addCases(cases: number): Promise<void>
  worker(env?: Readonly<Record<string, string>>): RealProcess
  /** Runs the copying consumer as a child process with this failpoint; resolves with its exit signal or code. */
  runCopyingConsumer(failpoint: string): Promise<NodeJS.Signals | number | null>
  brokers(): Brokers
  messagesIn(name: string): Promise<TopicMessage[]>
  /** The ids of all events that must be published, by case, in the case's order. */
  expectedEvents(): Promise<Map<string, string[]>>
  close(): Promise<void>
}

const SECOND = 1_000

export async function openKafkaDeployment(
  openKafka: () => Promise<TestKafka> = openTestKafka,
): Promise<KafkaDeployment> {
  const fresh: FreshDatabase = await freshDatabase()
  const stack = await openStack(fresh.url)
  const kafka = await openKafka()
  for (const table of COPY_TABLES) await stack.database.query(table)
  const environment = { DATABASE_URL: fresh.url, KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_PREFIX: kafka.prefix }
  const workers: RealProcess[] = []
  let caseCount = 0
  return {
    url: fresh.url,
    stack,
    kafka,
    async addCases(cases) {
      const numbers = Array.from({ length: cases }, () => String(7_000_893_114_000_000_000n + BigInt(++caseCount)))
      const pushes = numbers.flatMap((caseNumber) => [
        refundPush({ caseNumber, at: stack.now, fen: 100 * caseCount }),
        refundPush({ caseNumber, tag: '206', status: 12, at: stack.now + SECOND }),
      ])
      stack.now += 2 * SECOND
      await stack.push(...pushes)
      await stack.receiveAll()
      // A worker may have claimed some of the messages and still be processing them.
      await waitUntil('the cases are known', async () => (await countRows(stack.database, 'pending')) === 0)
    },
    worker(env = {}) {
      const key = createHash('sha256').update('a key of the test').digest('base64')
      const worker = startWorker({ ...environment, SHOUHOU_KEY: key, ...env })
      workers.push(worker)
      return worker
    },
    runCopyingConsumer: (failpoint) =>
      new Promise((resolve, reject) => {
        const args = [join(ROOT, 'dist/test/kafka/copying-process.js')]
        const child = spawn(process.execPath, args, {
          cwd: ROOT,
          env: { PATH: process.env['PATH'], ...environment, FAILPOINT: failpoint },
          stdio: 'inherit',
        })
        child.once('error', reject)
        child.once('exit', (code, signal) => resolve(signal ?? code))
        // Only for a child that never comes to its failpoint; on a busy machine its start alone takes half a minute.
        setTimeout(() => child.kill('SIGTERM'), 120_000).unref()
      }),
    brokers: () => new Brokers({ brokers: kafka.brokers, prefix: kafka.prefix }),
    messagesIn: (name) => readTopic(kafka.brokers, `${kafka.prefix}${name}`),
    async expectedEvents() {
      const rows = await stack.database.query<{ stream: string; id: string }[]>(
        `SELECT stream, stream || '/' || version || '/' || type AS id FROM outgoing ORDER BY stream, version`,
      )
      return groupByKey(rows.map(({ stream, id }) => [stream, id]))
    },
    async close() {
      await Promise.all(workers.filter((worker) => !worker.ended()).map((worker) => worker.kill()))
      await kafka.close()
      await stack.close()
      await fresh.drop()
    },
  }
}

/** Values by key, in order of arrival; keys sorted. */
export function groupByKey(pairs: Iterable<readonly [key: string, value: string]>): Map<string, string[]> {
  const valuesByKey = new Map<string, string[]>()
  for (const [key, value] of pairs) {
    const values = valuesByKey.get(key)
    if (values) values.push(value)
    else valuesByKey.set(key, [value])
  }
  return new Map([...valuesByKey].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Event ids by case, as a consumer sees them that ignores ids it has already seen. */
export function deduplicateEvents(messages: readonly TopicMessage[]): Map<string, string[]> {
  const ids = new Set<string>()
  const firstMessages = messages.filter(({ headers: { ce_id: id = '' } }) => !ids.has(id) && ids.add(id))
  return groupByKey(firstMessages.map(({ key, headers }) => [key, headers['ce_id'] ?? '']))
}
