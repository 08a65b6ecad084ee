import { randomUUID } from 'node:crypto'
import { NestFactory } from '@nestjs/core'
import type { DataSource } from 'typeorm'
import { ACCESS_MIGRATIONS, Directory, UnusableSettings, evidenceSealingOf, masterKeyOf, openVault, readSettings, sealingOf } from '#access'
import type { Journal } from '#case-handling'
import { EVIDENCE_FOLDER, clockOf, evidenceShelfBy, evidenceStoreOn, type Shelf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { Bells, EVENT_STORE_MIGRATIONS, migrate, openDatabase } from '#event-store'
import { Brokers, MESSAGING_MIGRATIONS, Publisher } from '#messaging'
import { READ_MODEL_MIGRATIONS, projections } from '#read-models'
import { nestJournal } from './journal'
import { WorkerSettings } from './settings'
import { WorkerModule } from './worker.module'

const HOUR = 3_600_000

function publishersOf(settings: WorkerSettings, database: DataSource, bells: Bells, journal: Journal): Publisher[] {
  const { KAFKA_BROKERS: named, KAFKA_PREFIX: prefix, KAFKA_REPLICAS: replicas, PUBLISH_SHARES: of } = settings
  if (named === undefined) return []
  const brokers = new Brokers({ brokers: named.split(','), prefix, replicas, onTrouble: (said) => journal.note('kafka', { said }) })
  const holder = randomUUID()
  return Array.from({ length: of }, (_, index) => new Publisher({ database, brokers, bells, holder, share: { index, of } }))
}

const shelfBy = (settings: WorkerSettings): Promise<Shelf> =>
  evidenceShelfBy(settings, EVIDENCE_FOLDER).catch((error: Error) => Promise.reject(new UnusableSettings([error.message])))

async function main(): Promise<void> {
  const settings = readSettings(WorkerSettings, process.env)
  const vault = openVault(masterKeyOf(settings.SHOUHOU_KEY))
  const journal = nestJournal('worker')
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    pool: settings.WORKER_LANES + 8,
    migrations: [...EVENT_STORE_MIGRATIONS, ...ACCESS_MIGRATIONS, ...READ_MODEL_MIGRATIONS, ...MESSAGING_MIGRATIONS],
    onTrouble: (error) => journal.trouble('database', error),
  })
  await migrate(database)
  const bells = new Bells(settings.DATABASE_URL)
  await bells.start()
  const { clock, stop } = await clockOf(settings.SHOUHOU_CLOCK)
  const evidence = evidenceStoreOn(await shelfBy(settings), evidenceSealingOf(vault))
  const app = await NestFactory.createApplicationContext(
    WorkerModule.of({
      database,
      evidence,
      bells,
      lineUp: MARKETPLACES,
      stores: new Directory(database, vault),
      sealing: sealingOf(vault),
      clock,
      journal,
      projections,
      publishers: publishersOf(settings, database, bells, journal),
      pace: {
        batch: settings.WORKER_BATCH,
        lanes: settings.WORKER_LANES,
        pullEveryMs: settings.PULL_EVERY_SECONDS * 1_000,
        backfillMs: settings.BACKFILL_HOURS * HOUR,
      },
    }),
    { logger: ['error', 'warn', 'log'] },
  )
  console.log(`worker: receiving, firing, reading, pulling and listening${settings.KAFKA_BROKERS === undefined ? '' : ', publishing'}`)
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      stop()
      void app.close().then(async () => {
        await bells.stop()
        await database.destroy()
      })
    })
}

main().catch((error: unknown) => {
  console.error(error instanceof UnusableSettings ? error.message : error)
  process.exitCode = 1
})
