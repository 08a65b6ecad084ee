import { NestFactory } from '@nestjs/core'
import { DataSource, QueryFailedError } from 'typeorm'
import { LANES, SHOPS } from '../bench-worker'
import type { Figure } from '../figure'
import { createFilledInbox, measureReceiving, warmUp } from '../processing/processing'
import type { WirePush } from '../pushes'
import { generatePushes } from '../pushes'
import { compareInterleaved, median, measureMs } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { vacuumAndCheckpoint } from '../server'
import { NAIVE_ENTITIES, NaiveMessage } from './entities'
import { NaiveReceiver } from './naive-receiver'

class NaiveModule {}

/**
 * The same work in the style of an ordinary service, one message after the other. One consumer is the default of a queue client, a
 * scheduled job or a microservice's handler; several need what this peer lacks (a lock order, retries after conflicts).
 * Its rate with as many consumers as our worker has lanes is given as a remark.
 */
export async function naivePeer(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const inbox = await createFilledInbox(server, generatePushes(scale.messages, SHOPS))
  const naiveInbox = await createNaiveInbox(server, generatePushes(scale.naiveMessages, SHOPS))
  const parallelRates: number[] = []
  const pair = await compareInterleaved(
    Math.min(3, scale.rounds),
    () => measureReceiving(server, inbox),
    async () => {
      parallelRates.push(await naiveRate(server, naiveInbox, LANES))
      return naiveRate(server, naiveInbox, 1)
    },
  )
  await Promise.all([inbox.drop(), naiveInbox.drop()])
  return [
    {
      figure: 'processing, naive peer',
      value: pair.ours,
      unit: 'messages/s',
      against: 'an entity save a row, one transaction a message',
      peer: pair.theirs,
      ratio: pair.ratio,
      atLeast: 20,
      remarks: [
        pair.remark,
        `the peer with one consumer; beside ${LANES} consumers, ${median(parallelRates).toFixed(0)} messages/s: ${(pair.ours / median(parallelRates)).toFixed(1)}`,
      ],
    },
  ]
}

async function createNaiveInbox(server: BenchServer, pushes: readonly WirePush[]): Promise<BenchDatabase> {
  const inbox = await server.migrated()
  const database = await naiveDatabase(inbox.url, true)
  for (let i = 0; i < pushes.length; i += 500)
    await database
      .getRepository(NaiveMessage)
      .insert(pushes.slice(i, i + 500).map(({ id, text }) => ({ key: id, raw: text })))
  await database.destroy()
  await vacuumAndCheckpoint(inbox.url)
  return inbox
}

// A peer of the benchmark has no migrations to keep; the tables follow its entities.
const naiveDatabase = (url: string, synchronize: boolean): Promise<DataSource> =>
  new DataSource({
    type: 'postgres',
    url,
    entities: NAIVE_ENTITIES,
    synchronize,
    extra: { max: LANES + 2 },
  }).initialize()

async function naiveRate(server: BenchServer, inbox: BenchDatabase, consumers: number): Promise<number> {
  const copy = await server.copyOf(inbox)
  const database = await naiveDatabase(copy.url, false)
  const app = await NestFactory.createApplicationContext(
    { module: NaiveModule, providers: [{ provide: NaiveReceiver, useFactory: () => new NaiveReceiver(database) }] },
    { logger: ['error'] },
  )
  const receiver = app.get(NaiveReceiver)
  let received = 0
  const consume = async (): Promise<void> => {
    for (;;) {
      // Two consumers may open one case at once; the unique index rejects the second, whose message is retried.
      const wasReceived = await receiver.receiveOne().catch((error: unknown) => {
        if (!(error instanceof QueryFailedError)) throw error
      })
      if (wasReceived === false) return
      if (wasReceived === true) received++
    }
  }
  const ms = await measureMs(() => Promise.all(Array.from({ length: consumers }, consume)))
  await app.close()
  await database.destroy()
  await copy.drop()
  return (received * 1_000) / ms
}
