import { migrate, openDatabase } from '#event-store'
import { Brokers, MESSAGING_MIGRATIONS } from '#messaging'
import type { DataSource } from 'typeorm'
import type { TestKafka } from '../../kafka/test-kafka'
import { openTestKafka } from '../../kafka/test-kafka'
import { SHOPS, openDesk, receiveAll } from '../desk'
import { inboxOf } from '../processing/processing'
import { pushesOf } from '../pushes'
import type { BenchDatabase, BenchServer } from '../server'
import { ALL_MIGRATIONS, settle } from '../server'

/** The Kafka that KAFKA_BROKERS names, or a real one of our own; topics of this run alone. */
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

/** A connection as a worker has it, with the tables of messaging. */
export async function openTold(url: string, pool = 4): Promise<DataSource> {
  const database = await openDatabase({ url, pool, migrations: [...ALL_MIGRATIONS, ...MESSAGING_MIGRATIONS] })
  await migrate(database)
  return database
}

/** A database in which so many messages were brought in, and nothing of it was told to anybody yet. */
export async function untold(server: BenchServer, messages: number, seed: number): Promise<BenchDatabase> {
  const filled = await inboxOf(server, pushesOf(messages, SHOPS, seed))
  const desk = await openDesk(filled.url)
  await receiveAll(desk)
  await desk.close()
  await (await openTold(filled.url)).destroy()
  await settle(filled.url)
  return filled
}
