import { ACCESS_MIGRATIONS, Directory, UnusableSettings, masterKeyOf, openVault, readSettings, sealingOf } from '#access'
import { clockOf } from '#case-handling'
import { MARKETPLACES } from '#connectors'
import { EVENT_STORE_MIGRATIONS, migrate, openDatabase } from '#event-store'
import { READ_MODEL_MIGRATIONS } from '#read-models'
import { serveGateway } from './serve'
import { GatewaySettings } from './settings'

async function main(): Promise<void> {
  const settings = readSettings(GatewaySettings, process.env)
  const vault = openVault(masterKeyOf(settings.SHOUHOU_KEY))
  const database = await openDatabase({
    url: settings.DATABASE_URL,
    pool: 6,
    migrations: [...EVENT_STORE_MIGRATIONS, ...ACCESS_MIGRATIONS, ...READ_MODEL_MIGRATIONS],
    onTrouble: (error) => console.error(`database: ${error.name}`),
  })
  await migrate(database)
  const { clock, stop } = await clockOf(settings.SHOUHOU_CLOCK)
  const stores = new Directory(database, vault)
  const app = await serveGateway(
    { database, lineUp: MARKETPLACES, stores, sealing: sealingOf(vault), clock },
    { host: settings.GATEWAY_HOST, port: settings.GATEWAY_PORT },
  )
  console.log(`gateway: marketplaces push to ${await app.getUrl()}/push/<marketplace>/<app key>`)
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      stop()
      void app.close().then(() => database.destroy())
    })
}

main().catch((error: unknown) => {
  console.error(error instanceof UnusableSettings ? error.message : error)
  process.exitCode = 1
})
