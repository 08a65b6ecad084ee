import { ACCESS_MIGRATIONS, Directory, Unsealable, UnusableSettings, evidenceSealingOf, masterKeyOf, openVault, readSettings } from '#access'
import { EVIDENCE_FOLDER, clockOf, evidenceShelfBy, evidenceStoreOn } from '#case-handling'
import { Bells, EVENT_STORE_MIGRATIONS, migrate, openDatabase } from '#event-store'
import { READ_MODEL_MIGRATIONS } from '#read-models'
import { serveConsole } from './serve'
import { ConsoleSettings } from './settings'

async function main(): Promise<void> {
  const settings = readSettings(ConsoleSettings, process.env)
  const vault = openVault(masterKeyOf(settings.SHOUHOU_KEY))
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    pool: 10,
    migrations: [...EVENT_STORE_MIGRATIONS, ...ACCESS_MIGRATIONS, ...READ_MODEL_MIGRATIONS],
    onTrouble: (error) => console.error(`database: ${error.name}`),
  })
  await migrate(database)
  const bells = new Bells(settings.DATABASE_URL)
  await bells.start()
  const { clock, stop } = await clockOf(settings.SHOUHOU_CLOCK)
  const directory = new Directory(database, vault)
  const { organisations } = await directory.current().catch((error: unknown) => {
    throw error instanceof Unsealable ? new UnusableSettings(['SHOUHOU_KEY: is not the key that this database is sealed with']) : error
  })
  const organisation = organisations.find(({ slug }) => settings.ORGANISATION === undefined || slug === settings.ORGANISATION)
  if (organisation === undefined)
    throw new UnusableSettings(['ORGANISATION: there is no such organisation; register one with its stores first'])
  const shelf = await evidenceShelfBy(settings, EVIDENCE_FOLDER).catch((error: Error) => Promise.reject(new UnusableSettings([error.message])))
  const evidence = evidenceStoreOn(shelf, evidenceSealingOf(vault))
  const app = await serveConsole(
    { database, vault, directory, bells, clock, organisation, evidence },
    { host: settings.CONSOLE_HOST, port: settings.PORT },
  )
  console.log(`console: ${await app.getUrl()} (no log-in yet: it listens on this machine only)`)
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
  process.exit(1)
})
