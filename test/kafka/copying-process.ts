/** The copying consumer as a child process, which its failpoints can kill. */
import { openDatabase } from '#event-store'
import { Brokers } from '#messaging'
import { copyingConsumer } from './copying-consumer'

async function main(): Promise<void> {
  const { DATABASE_URL: url = '', KAFKA_BROKERS: brokers = '', KAFKA_PREFIX: prefix = '' } = process.env
  const database = await openDatabase({ url, pool: 4, migrations: [] })
  const consumer = copyingConsumer(database, new Brokers({ brokers: brokers.split(','), prefix }))
  await consumer.start()
  process.stdout.write('copying\n')
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`)
  process.exit(1)
})
