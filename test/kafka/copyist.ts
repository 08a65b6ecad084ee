/** The copying consumer as a process of its own, which can be killed at its failpoints. */
import { openDatabase } from '#event-store'
import { Brokers } from '#messaging'
import { copying } from './copying'

async function main(): Promise<void> {
  const { DATABASE_URL: url = '', KAFKA_BROKERS: brokers = '', KAFKA_PREFIX: prefix = '' } = process.env
  const database = await openDatabase({ url, pool: 4, migrations: [] })
  const consumer = copying(database, new Brokers({ brokers: brokers.split(','), prefix }))
  await consumer.start()
  process.stdout.write('copying\n')
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
  process.exit(1)
})
