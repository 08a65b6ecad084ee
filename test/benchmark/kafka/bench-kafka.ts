import { migrate, openDatabase } from '#event-store'
import { Brokers, MESSAGING_MIGRATIONS } from '#messaging'
import type { DataSource } from 'typeorm'
import type { TestKafka } from '../../kafka/test-kafka'
import { openTestKafka } from '../../kafka/test-kafka'
import { SHOPS, openWorker, receiveAll } from '../bench-worker'
import { createFilledInbox } from '../processing/processing'
import { generatePushes } from '../pushes'
import type { BenchDatabase, BenchServer } from '../server'
import { ALL_MIGRATIONS, vacuumAndCheckpoint } from '../server'

/** The broker that KAFKA_BROKERS names, or a new one; with topics of this run only. */
export interface BenchKafka extends TestKafka {
  brokersOf(suffix?: string): Brokers
}

export async function withKafka<T>(work: (kafka: BenchKafka) => Promise<T>): Promise<T> {
  const kafka = await openTestKafka()
  try {
    return await work({
      ...kafka,
      brokersOf: (suffix = '') => new Brokers({ brokers: kafka.brokers, prefix: `${kafka.prefix}${suffix}` }),
    })
  } finally {
    await kafka.close()
  }
}

/** A database connection like the publishing worker's, with the tables of messaging. */
export async function openPublishingDatabase(url: string, pool = 4): Promise<DataSource> {
  const database = await openDatabase({ url, pool, migrations: [...ALL_MIGRATIONS, ...MESSAGING_MIGRATIONS] })
  await migrate(database)
  return database
}

/** A database in which `messages` were processed and no outgoing row is published yet. */
export async function createUnpublishedDatabase(
  server: BenchServer,
  messages: number,
  seed: number,
): Promise<BenchDatabase> {
  const filled = await createFilledInbox(server, generatePushes(messages, SHOPS, seed))
  const worker = await openWorker(filled.url)
  await receiveAll(worker)
  await worker.close()
  await (await openPublishingDatabase(filled.url)).destroy()
  await vacuumAndCheckpoint(filled.url)
  return filled
}
