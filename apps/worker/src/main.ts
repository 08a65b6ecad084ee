import { NestFactory } from '@nestjs/core'
import { ACCESS_MIGRATIONS, Directory, UnusableSettings, masterKeyOf, openVault, readSettings, sealingOf } from '#access'
import { clockOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { Bells, EVENT_STORE_MIGRATIONS, migrate, openDatabase } from '#event-store'
import { READ_MODEL_MIGRATIONS, projections } from '#read-models'
import { nestJournal } from './journal'
import { WorkerSettings } from './settings'
import { WorkerModule } from './worker.module'

const HOUR = 3_600_000

async function main(): Promise<void> {
  const settings = readSettings(WorkerSettings, process.env)
  const vault = openVault(masterKeyOf(settings.SHOUHOU_KEY))
  const journal = nestJournal('worker')
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    pool: settings.WORKER_LANES + 8,
    migrations: [...EVENT_STORE_MIGRATIONS, ...ACCESS_MIGRATIONS, ...READ_MODEL_MIGRATIONS],
    onTrouble: (error) => journal.trouble('database', error),
  })
  await migrate(database)
  const bells = new Bells(settings.DATABASE_URL)
  await bells.start()
  const { clock, stop } = await clockOf(settings.SHOUHOU_CLOCK)
  const app = await NestFactory.createApplicationContext(
    WorkerModule.of({
      database,
      bells,
      lineUp: MARKETPLACES,
      stores: new Directory(database, vault),
      sealing: sealingOf(vault),
      clock,
      journal,
      projections,
      pace: {
        batch: settings.WORKER_BATCH,
        lanes: settings.WORKER_LANES,
        pullEveryMs: settings.PULL_EVERY_SECONDS * 1_000,
        backfillMs: settings.BACKFILL_HOURS * HOUR,
      },
    }),
    { logger: ['error', 'warn', 'log'] },
  )
  console.log('worker: receiving, firing, reading, pulling and listening')
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
