import { NestFactory } from '@nestjs/core'
import { DataSource, QueryFailedError } from 'typeorm'
import { LANES, SHOPS } from '../desk'
import type { Figure } from '../figure'
import { inboxOf, receivingRate, warmUp } from '../processing/processing'
import type { WirePush } from '../pushes'
import { pushesOf } from '../pushes'
import { interleaved, median, timed } from '../rounds'
import type { Scale } from '../scale'
import type { BenchDatabase, BenchServer } from '../server'
import { settle } from '../server'
import { NAIVE_ENTITIES, NaiveMessage } from './entities'
import { NaiveReceiver } from './naive-receiver'

class NaiveModule {}

/**
 * The same work as an ordinary service does it, a message after the other: one consumer is what a queue's client, a
 * scheduled job or a microservice's handler is by default, and more of them need what this peer does without (an order
 * for locks, a second try for those that lose). With as many consumers as our worker has lanes it is measured beside.
 */
export async function naivePeer(server: BenchServer, scale: Scale): Promise<Figure[]> {
  await warmUp(server)
  const inbox = await inboxOf(server, pushesOf(scale.messages, SHOPS))
  const theirs = await naiveInbox(server, pushesOf(scale.naiveMessages, SHOPS))
  const side: number[] = []
  const pair = await interleaved(
    Math.min(3, scale.rounds),
    () => receivingRate(server, inbox),
    async () => {
      side.push(await naiveRate(server, theirs, LANES))
      return naiveRate(server, theirs, 1)
    },
  )
  await Promise.all([inbox.drop(), theirs.drop()])
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
        `the peer with one consumer; beside ${LANES} consumers, ${median(side).toFixed(0)} messages/s: ${(pair.ours / median(side)).toFixed(1)}`,
      ],
    },
  ]
}

async function naiveInbox(server: BenchServer, pushes: readonly WirePush[]): Promise<BenchDatabase> {
  const inbox = await server.migrated()
  const database = await naiveDatabase(inbox.url, true)
  for (let i = 0; i < pushes.length; i += 500)
    await database
      .getRepository(NaiveMessage)
      .insert(pushes.slice(i, i + 500).map(({ id, text }) => ({ key: id, raw: text })))
  await database.destroy()
  await settle(inbox.url)
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
  let taken = 0
  const consume = async (): Promise<void> => {
    for (;;) {
      // Two consumers may open one case at once; the second is refused by the unique index, and its message comes again.
      const found = await receiver.receiveOne().catch((error: unknown) => {
        if (!(error instanceof QueryFailedError)) throw error
      })
      if (found === false) return
      if (found === true) taken++
    }
  }
  const ms = await timed(() => Promise.all(Array.from({ length: consumers }, consume)))
  await app.close()
  await database.destroy()
  await copy.drop()
  return (taken * 1_000) / ms
}
